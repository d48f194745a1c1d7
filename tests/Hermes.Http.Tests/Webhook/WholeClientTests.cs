using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.Events;
using Hermes.Events.Schema;
using Hermes.Http.Webhook;
using Hermes.Testing.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Http.Tests.Webhook;

/// <summary>A whole client in front of the target: order, waiting and kills are part of the test.</summary>
public sealed class WholeClientTests : IAsyncLifetime
{
    private static readonly DataSchema Schema = new(
        new TypeSchema("SRVUsers", ["id", "login"], [], ["id"], ImmutableSortedDictionary<string, ForeignKey>.Empty));

    private readonly ClientHarness _client = new();
    private WebhookReceiver _receiver = null!;
    private WebhookTarget? _target;

    public async Task InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        await _client.SendInitSyncAsync(Schema, User("1"), User("2"));
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        _target?.Dispose();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_failure_holds_up_its_own_entry_and_no_other_and_what_waits_comes_in_order()
    {
        _receiver.Refuse = told => told.Key == EntryKey.Of("1") ? 422 : null;
        await _client.SendAsync(Changed("1", "a"), Changed("2", "b"), Changed("1", "c"), new RemovedEvent("SRVUsers", EntryKey.Of("1")), Changed("2", "d"));
        await _client.AppliedAsync();
        Taken().Should().Equal("2: b", "2: d");

        _receiver.Refuse = _ => null;
        await _client.Control.RetryAllAsync();

        Taken().Should().Equal("2: b", "2: d", "1: a", "1: c", "1: removed");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task What_was_taken_before_a_kill_comes_again_with_its_id_and_nothing_is_lost(int kills)
    {
        for (var kill = 0; kill < kills; kill++)
        {
            // It was taken, and the process dies before the answer is there.
            var taken = new TaskCompletionSource();
            var isDead = new TaskCompletionSource();
            _receiver.BeforeAnswer = _ =>
            {
                taken.TrySetResult();
                return isDead.Task;
            };
            await _client.SendAsync(Changed("1", $"a{kill}"));
            await taken.Task;
            await _client.KillAsync();
            isDead.SetResult();
            _receiver.BeforeAnswer = _ => Task.CompletedTask;
            await StartAsync();
        }

        Taken().Should().Equal(Enumerable.Range(0, kills).Select(kill => $"1: a{kill}"));
        var told = _receiver.Requests.Skip(2).GroupBy(request => request.Header("webhook-id")).ToList();
        told.Should().HaveCount(kills).And.OnlyContain(attempts => attempts.Count() == 2);
        told.Should().OnlyContain(attempts => attempts.Select(attempt => attempt.Body).Distinct().Count() == 1);
        (await _client.Control.ListErrorQueueAsync()).Items.Should().BeEmpty();
    }

    private IEnumerable<string> Taken() => _receiver.Taken.Skip(2).Select(told => $"{told.Key}: {(told.Kind == "modified" ? told.Entry["login"] : (Value)told.Kind)}");

    private async Task StartAsync()
    {
        _target?.Dispose();
        _target = new WebhookTarget(_receiver.Options());
        await _client.StartAsync(_target, client => client.DataType("Users", type => type.From("SRVUsers").MapAll("id", "login")).Configure(options =>
        {
            (options.TrashbinRetention, options.Remediation) = (TimeSpan.Zero, RemediationPolicy.Disabled);
            options.RemovalGuard.Enabled = false;
        }));
        await _client.AppliedAsync();
    }

    private static AddedEvent User(string id) => new("SRVUsers", EntryKey.Of(id), Entry.Of(("id", id), ("login", "x")), EventCategory.Base);

    private static ModifiedEvent Changed(string id, string login) =>
        new("SRVUsers", EntryKey.Of(id), new AttributeChanges(Entry.Empty, Entry.Of(("login", login)), []));
}
