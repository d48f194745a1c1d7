using System.Text;
using Hermes.Abstractions.Buses;
using Hermes.Crash.Host;
using Hermes.TestSupport.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Crash.Tests.Invariants;

/// <summary>What lies on the bus of a campus, from its first message on.</summary>
internal static class BusContent
{
    private const string Server = $"/hermes/{Campus.Name}";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>The bodies of what the server has sent, but nobody else.</summary>
    public static Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(RigFolder folder, CampusOptions options) =>
        options.Broker is { } broker ? OfStreamAsync(broker)
        : options.Bus == CampusBus.PostgreSql ? CampusTables.BusAsync(options.Database!)
        : Task.FromResult(OfFile(folder.Bus));

    private static IReadOnlyList<ReadOnlyMemory<byte>> OfFile(string path)
    {
        using var bus = new SqliteFile(path);
        return
        [
            .. bus.Rows($"select data from hermesmessages where headers ->> 'ce_source' = '{Server}' order by msgid")
                .Select(row => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes((string)row[0]!))),
        ];
    }

    // The broker of a run is killed while a campus is looked at, too.
    private static async Task<IReadOnlyList<ReadOnlyMemory<byte>>> OfStreamAsync(BrokerPlace broker)
    {
        while (true)
        {
            try
            {
                return await ReadAsync(broker);
            }
            catch (BusException)
            {
                await Task.Delay(Pause, TimeProvider.System);
            }
        }
    }

    private static async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(BrokerPlace broker)
    {
        var builder = new RecordingClientBuilder();
        builder.UseRabbitMq(broker.Set);
        await using var consumer = builder.Bus();
        if (await consumer.GetLastOffsetAsync(CancellationToken.None) is not { } last)
            return [];
        var bodies = new List<ReadOnlyMemory<byte>>();
        await foreach (var received in consumer.ReadAsync(BusPosition.Beginning, CancellationToken.None))
        {
            if (received.Message.Headers.GetValueOrDefault("ce_source") == Server)
                bodies.Add(received.Message.Body);
            if (received.Offset >= last)
                break;
        }

        return bodies;
    }
}
