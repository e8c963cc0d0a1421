"""The paper of a document as a Word file: the extra ``qmsctl[office]``."""
