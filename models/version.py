"""The version of the contract, by Semantic Versioning: what its clients rely on, not what runs behind it."""

VERSION = "2.0.0"
