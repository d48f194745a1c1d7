using Hermes.ClientRuntime.Configuration;
using Hermes.ClientRuntime.Control;
using Hermes.ClientRuntime.Diagnostics;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.ModelChanges;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Steps;
using Hermes.ClientRuntime.Trashbin;
using Hermes.Runtime.State;
using Hermes.Testing.Buses;
using Hermes.Testing.State;
using Hermes.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Hermes.ClientRuntime.Tests;

public sealed class ClientPipelineTests
{
    [Fact]
    public async Task The_steps_are_those_that_the_drawing_shows_in_its_order()
    {
        var time = new FakeTimeProvider();
        await using var state = await new InMemoryClientState().OpenAsync(new StateOpening(time, _ => { }), default);
        await using var bus = new InMemoryBus(time).CreateConsumer();
        var model = new ClientModel("test", "Hermes:Clients:test", [], ClientSettings.From(new ClientOptions()));
        var services = new ClientServices(null!, null!, null!, time, new ClientTelemetry("test", time), null!, NullLogger.Instance);
        var session = await ClientSession.BeginAsync(model, new WorkingSet(state), services);
        session.Position.MoveTo(new(0));
        await using var receive = new Receive(bus, session, default);
        var slice = new WorkSlice(new ClientStatusBoard(time), time);
        var pipeline = new ClientPipeline(receive, session, new SchemaChange(session, new Purge(session, new(session, slice), slice)));

        pipeline.Steps.Select(step => step.GetType().Name).Should().Equal(StepsDrawing.Of("client"));
    }
}
