using Hermes.Runtime.Control;
using Hermes.ServerRuntime.Control;
using Hermes.Testing.Buses;
using Hermes.Testing.Sources;
using Hermes.Testing.State;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ServerRuntime.Tests.Control;

public sealed class AvailabilityTests
{
    [Fact]
    public async Task Before_the_start_requests_are_refused()
    {
        await using var services = new ServiceCollection().AddLogging()
            .AddHermesServer("campus", server => server
                .UseInMemoryBus(new InMemoryBus())
                .UseInMemoryState(new InMemoryServerState())
                .PollEvery(TimeSpan.FromHours(1))
                .AddInMemorySource("hr", new InMemorySource())
                .DataType("Users", type => type.Key("id").From("hr", source => source.Fetch("users").MapAll("id"))))
            .BuildServiceProvider();
        var control = services.GetRequiredService<IHermesServerControl>();

        Func<Task>[] requests =
        [
            () => control.UpdateAsync(),
            () => control.InitSyncAsync(),
            () => control.PreviewAsync(),
            () => control.PauseAsync(),
            () => control.ResumeAsync(),
            () => control.ApproveRemovalsAsync("Users", "0123456789abcdef", new DecidedBy("ada", "why not")),
            () => control.RejectRemovalsAsync("Users", "0123456789abcdef", new DecidedBy("ada", "why not")),
        ];
        foreach (var request in requests)
            await request.Should().ThrowAsync<NotRunningException>().WithMessage("*server campus is not running: it was not started yet*");
    }
}
