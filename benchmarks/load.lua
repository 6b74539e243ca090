-- Tells wrk to print what it measured in one line: requests, microseconds, p50 and p99 in microseconds, failures.
function done(summary, latency)
  local failed = summary.errors
  io.write(string.format("FIGURES %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), failed.connect + failed.read + failed.write + failed.status + failed.timeout))
end
