"""The help tab of other sites: a small script there, a frame of ours that never navigates."""
