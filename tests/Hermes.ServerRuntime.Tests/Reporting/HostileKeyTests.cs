using Hermes.Abstractions.Notifications;
using Hermes.Testing.Server;
using Hermes.Testing.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ServerRuntime.Tests.Reporting;

/// <summary>Keys are what a source says, line breaks included.</summary>
public sealed class HostileKeyTests : IAsyncLifetime
{
    private const string Key = "x\r\nInformation 31: Server campus works again\u001b[2J";

    private readonly ServerHarness _harness = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Fact]
    public async Task Key_with_line_breaks_makes_one_line_in_logs_and_notifications()
    {
        var source = new InMemorySource();
        source.Table("users", "id", "name").Add(Key, "a").Add(Key, "b");

        await _harness.StartAsync(server => server
            .AddInMemorySource("hr", source)
            .DataType("Users", type => type.Key("id").From("hr", from => from.Fetch("users").MapAll("id", "name"))));

        _harness.Log.Lines.Should().Contain(line => line.Contains("stand twice")).And.NotContain(line => line.Contains('\r') || line.Contains('\u001b'));
        var told = _harness.Notifier.About(NotificationTopic.DataErrors).Should().ContainSingle().Which.Current;
        told.Should().ContainSingle().Which.Should().Contain("\\r\\nInformation").And.NotContainAny("\n", "\u001b");
    }
}
