using Hermes.AspNetCore.Health;
using Hermes.ClientRuntime.Control;
using Hermes.Runtime.Control;
using Hermes.ServerRuntime.Control;

namespace Hermes.AspNetCore.Tests.Health;

public sealed class ConcernsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ServerStatus Server = new() { Name = "campus", State = RunState.Waiting };
    private static readonly ClientStatus Client = new(RunState.Waiting, Now, null, null, 0, 0, null, []);

    [Fact]
    public void Who_works_has_no_concerns()
    {
        Of(Server with { NextUpdate = Now.AddMinutes(-4) }).Should().BeEmpty();
        Of(Client with { QueuedEvents = 100, DeadLetters = 3 }).Should().BeEmpty();
    }

    [Theory]
    [InlineData(RunState.Failed, nameof(ConcernKind.Dead))]
    [InlineData(RunState.NotStarted, nameof(ConcernKind.NotReady))]
    [InlineData(RunState.Starting, nameof(ConcernKind.NotReady))]
    [InlineData(RunState.WaitingForState, nameof(ConcernKind.NotReady))]
    [InlineData(RunState.Retrying, nameof(ConcernKind.NotReady))]
    [InlineData(RunState.Stopped, nameof(ConcernKind.NotReady))]
    [InlineData(RunState.WaitingForInitSync, nameof(ConcernKind.Degraded))]
    [InlineData(RunState.Behind, nameof(ConcernKind.Degraded))]
    [InlineData(RunState.Paused, nameof(ConcernKind.Degraded))]
    [InlineData(RunState.Working, null)]
    [InlineData(RunState.Waiting, null)]
    [InlineData(RunState.Reinitialising, null)]
    public void A_state_is_as_grave_as_it_is(RunState state, string? kind)
    {
        string[] expected = kind is null ? [] : [kind];

        Of(Server with { State = state }).Select(concern => concern.Kind.ToString()).Should().Equal(expected);
        Of(Client with { State = state }).Select(concern => concern.Kind.ToString()).Should().Equal(expected);
    }

    [Fact]
    public void Whoever_fails_says_why()
    {
        var failing = Server with { State = RunState.Working, IsFailing = true, LastError = new ServerFailure(Now, "The bus is away.") };

        Of(failing).Should().ContainSingle().Which.Should().Be(new Concern("server campus", "servers/campus", ConcernKind.NotReady, "The bus is away."));
        Of(failing with { IsFailing = false }).Should().BeEmpty("it works again");
        Of(Client with { LastError = "The target is away." }).Should().ContainSingle().Which.Text.Should().Be("The target is away.");
    }

    [Fact]
    public void What_waits_too_long_is_told()
    {
        Of(Server with { NextUpdate = Now.AddMinutes(-6) }).Should().ContainSingle().Which.Text.Should().Contain("2026-03-01 11:54");
        Of(Server with { OutboxLength = 10_001 }).Should().ContainSingle();
        Of(Client with { QueuedEvents = 101 }).Should().ContainSingle().Which.Kind.Should().Be(ConcernKind.Degraded);
        Of(Client with { HeldRemovals = ["Users: 9 of 10"], Warnings = ["a", "b"] }).Should().HaveCount(3);
        Of(Server with { AwaitingApproval = [new HeldRemovals("Users", 10, new EntryList(9, []), "d", true), new HeldRemovals("Groups", 10, new EntryList(1, []), "d", false)] })
            .Should().ContainSingle().Which.Text.Should().Contain("Users");
        Of(Server with { Resync = new ServerResync("the bus was replaced", Now) }).Should().ContainSingle();
    }

    private static List<Concern> Of(ServerStatus status) => [.. Concerns.Of(status, new HermesHealthOptions(), Now)];

    private static List<Concern> Of(ClientStatus status) => [.. Concerns.Of("portal", status, new HermesHealthOptions())];
}
