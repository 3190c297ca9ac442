-- One new task a request.
wrk.method = "POST"
wrk.body = '{"summary":"Call the plumber about the kitchen sink","priority":"high","tags":["home"]}'
wrk.headers["Content-Type"] = "application/json"
