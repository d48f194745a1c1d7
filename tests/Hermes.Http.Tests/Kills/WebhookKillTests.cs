using Hermes.Http.Host;
using Hermes.Http.Tests.Webhook;
using Hermes.Runtime.Registration;
using Hermes.Testing.Server;
using Hermes.TestSupport.Servers;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Hermes.Http.Tests.Kills;

/// <summary>
/// A client that is killed again and again while it tells a receiver, which takes only what somebody else's verifier finds signed. What is told is what a client tells that nobody
/// kills, and a message comes again exactly where a kill kept its answer from being heard.
/// </summary>
public sealed class WebhookKillTests(ITestOutputHelper output)
{
    [Fact]
    public Task Every_message_comes_in_order_and_again_only_when_its_answer_was_lost() => RunAsync(seed: 4, people: 60, kills: 6);

    [Fact, Trait("Category", "Long")]
    public Task Every_message_comes_in_order_over_very_many_kills() => RunAsync(Environment.TickCount, people: 500, kills: 150);

    private async Task RunAsync(int seed, int people, int kills)
    {
        output.WriteLine($"seed {seed}");
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var proxy = await KillingProxy.StartAsync(receiver.Address);
        using var folder = new ServerDirectory("webhook-kills");
        var campus = new Campus(seed, people, groups: 5);
        var server = new ServerHarness();
        await using (server)
        {
            await server.StartAsync(builder => Describe(builder, campus, folder[KilledClient.Bus]));
            for (var kill = 0; kill < kills; kill++)
            {
                if (kill > 0)
                {
                    campus.Live();
                    (await server.UpdateAsync()).Error.Should().BeNull();
                }

                await using var killed = ClientProcess.Start(KilledClient.Webhook, folder.Root, proxy.Address);
                proxy.KillAt(campus.Next(kill == 0 ? people : 15), campus.Next(2) == 1, killed.KillAsync);
                await killed.AskAsync("settle");
                await proxy.SpareAsync();
            }
        }

        await TellAllAsync(folder.Root, proxy.Address);
        output.WriteLine($"{proxy.Kills} kills at a request, {proxy.LostAnswers} of them after the receiver had taken it; {receiver.Taken.Count} messages");
        proxy.Kills.Should().BeGreaterThan(kills / 2);

        var told = receiver.Requests.GroupBy(request => request.Header("webhook-id")).ToList();
        told.Should().OnlyContain(attempts => attempts.Select(attempt => attempt.Body).Distinct().Count() == 1, "a message is the same every time");
        told.Sum(attempts => attempts.Count() - 1).Should().Be(proxy.LostAnswers, "a message comes again only if a kill kept its answer from being heard");

        await using var undisturbed = await WebhookReceiver.StartAsync();
        using var other = new ServerDirectory("webhook-undisturbed");
        foreach (var file in Directory.GetFiles(folder.Root, $"{KilledClient.Bus}*"))
            File.Copy(file, other[Path.GetFileName(file)]);
        await TellAllAsync(other.Root, undisturbed.Address);
        OfEntries(receiver).Should().BeEquivalentTo(OfEntries(undisturbed), "each entry is told the same, in the same order, as if nothing had happened");
        receiver.Live("Users").Select(user => user.Key.ToString()).Should().BeEquivalentTo(campus.People.Keys);
    }

    private static async Task TellAllAsync(string folder, string address)
    {
        await using var client = ClientProcess.Start(KilledClient.Webhook, folder, address);
        (await client.RequireAsync("settle")).Should().Be("settled");
    }

    private static Dictionary<string, string> OfEntries(WebhookReceiver receiver) => receiver.Taken
        .GroupBy(told => told.Key.ToString())
        .ToDictionary(entry => entry.Key, entry => string.Join('\n', entry.Select(told => $"{told.Kind} {told.Entry}")));

    private static void Describe(IHermesServerBuilder server, Campus campus, string bus) => server
        .UseSqliteBus(bus)
        .AddInMemorySource("registry", campus.Source)
        .GuardRemovals(guard => guard.Enabled = false)
        .InitSyncAtFirstPoll()
        .DataType("Users", type => type.Key("id").From("registry", source => source.Fetch("users").MapAll("id", "login", "given", "mail")));
}
