"""Benchmarks: our pipeline against raw baselines, measured in the same run.

Ratios, not times, are the result. The machine may be shared and noisy, so each measurement is a fresh
process, ours and the baseline take turns, and medians are compared. Nothing here asserts anything about time.
"""
