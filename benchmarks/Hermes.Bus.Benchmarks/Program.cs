using Hermes.Bus.Benchmarks;

// How fast the buses carry messages, beside what the bare library does with the same bytes and settings, as a ratio of one run:
//   dotnet run -c Release --project benchmarks/Hermes.Bus.Benchmarks -- sqlite
// PostgreSQL and RabbitMQ are started by the program itself (eng/servers/install postgresql rabbitmq);
// Kafka is where HERMES_KAFKA says (host:port), with the native library beside it.
var benchmarks = new Dictionary<string, Func<Load, Task>>(StringComparer.Ordinal)
{
    ["sqlite"] = SqliteBenchmark.RunAsync,
    ["postgresql"] = PostgreSqlBenchmark.RunAsync,
    ["rabbitmq"] = RabbitMqBenchmark.RunAsync,
    ["kafka"] = KafkaBenchmark.RunAsync,
};

if (args is not [var name, .. var rest] || !benchmarks.TryGetValue(name, out var benchmark))
{
    Console.Error.WriteLine($"Say which bus: {string.Join(", ", benchmarks.Keys)}; then how many messages (default 100000).");
    return 1;
}

await benchmark(Load.Of(rest is [var count] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 100_000));
return 0;
