"""The codebook: `kodebok.yaml` read, checked, and changed so that codings follow."""
