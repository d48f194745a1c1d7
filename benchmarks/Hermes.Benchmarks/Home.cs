using Hermes.Runtime.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Benchmarks;

/// <summary>Where bus and states of a phase lie: in SQLite files, or in the PostgreSQL database that the environment names.</summary>
internal static class Home
{
    public const string Variable = "HERMES_BENCHMARK_DATABASE";

    private static readonly string? Database = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } database ? database : null;

    public static IHermesServerBuilder UseHome(this IHermesServerBuilder server, BenchmarkFolder folder) => Database is null
        ? server.UseSqliteBus(folder.Bus).UseSqliteState(folder.ServerState)
        : server.UsePostgreSqlBus(Database).UsePostgreSqlState(Database);

    public static IHermesClientBuilder UseHome(this IHermesClientBuilder client, BenchmarkFolder folder) => Database is null
        ? client.UseSqliteBus(folder.Bus).UseSqliteState(folder.ClientState)
        : client.UsePostgreSqlBus(Database).UsePostgreSqlState(Database, Path.Combine(folder.Path, "client"));
}
