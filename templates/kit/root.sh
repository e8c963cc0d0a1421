#!/usr/bin/env bash
# Prints the root (RFC 6962) over the first N lines of a log: bash root.sh LOG N
set -euo pipefail
nodes=()
while IFS= read -r line; do
  nodes+=("$(printf '\0%s' "$line" | sha256sum | cut -c1-64)")
done < <(head -n "$2" "$1")
while ((${#nodes[@]} > 1)); do
  above=()
  for ((i = 0; i < ${#nodes[@]}; i += 2)); do
    if ((i + 1 < ${#nodes[@]})); then
      bytes=$(printf '01%s%s' "${nodes[i]}" "${nodes[i + 1]}" | sed 's/../\\x&/g')
      above+=("$(printf '%b' "$bytes" | sha256sum | cut -c1-64)")
    else
      above+=("${nodes[i]}")
    fi
  done
  nodes=("${above[@]}")
done
echo "${nodes[0]}"
