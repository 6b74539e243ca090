"""What tests, benchmarks and releasing share: the space of variants, renders, and services to run and to change."""
