"""What the pytest plugin stands on: the projects whose tests run, each with one Worker for all of them."""
