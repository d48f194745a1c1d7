using System.Text.RegularExpressions;
using Hermes.ClientRuntime.Configuration;
using Hermes.ClientRuntime.Diagnostics;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.ModelChanges;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Steps;
using Hermes.ClientRuntime.Trashbin;
using Hermes.Runtime.State;
using Hermes.Testing.Buses;
using Hermes.Testing.State;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Hermes.ClientRuntime.Tests;

public sealed partial class ClientPipelineTests
{
    [Fact]
    public async Task The_steps_are_those_that_the_drawing_shows_in_its_order()
    {
        var time = new FakeTimeProvider();
        await using var state = await new InMemoryClientState().OpenAsync(new StateOpening(time, _ => { }), default);
        await using var bus = new InMemoryBus(time).CreateConsumer();
        var model = new ClientModel("test", "Hermes:Clients:test", [], ClientSettings.From(new ClientOptions()));
        var services = new ClientServices(null!, null!, time, new ClientTelemetry("test", time), null!, NullLogger.Instance);
        var session = await ClientSession.BeginAsync(model, new WorkingSet(state), services);
        session.Position.MoveTo(new(0));
        await using var receive = new Receive(bus, session, default);
        var pipeline = new ClientPipeline(receive, session, new SchemaChange(session, new Purge(session, new(session))));

        pipeline.Steps.Select(step => step.GetType().Name).Should().Equal(DrawnSteps());
    }

    private static IEnumerable<string> DrawnSteps()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Hermes.Sdk.sln")))
            folder = Path.GetDirectoryName(folder)!;
        var page = File.ReadAllText(Path.Combine(folder, "src", "README.md"));
        var line = page[page.IndexOf("subgraph client", StringComparison.Ordinal)..].Split('\n')[1];

        // A box that is called otherwise than its name shows that in brackets.
        return line.Split("-->").Select(box => Label().Match(box) is { Success: true } label ? label.Groups[1].Value : box.Trim());
    }

    [GeneratedRegex(@"\[(\w+)\]")]
    private static partial Regex Label();
}
