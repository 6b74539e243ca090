"""What commands share: the service behind them, exit codes, output, progress, and files of rows."""
