"""The soak: clerks, patients, a machine, jobs and a web server at work at once, killed and started again and again."""
