"""What `./imc` starts inside the environment: the product's processes, its checks and its pictures."""
