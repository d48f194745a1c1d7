using Hermes.ClientRuntime.Control;
using Hermes.ServerRuntime.Control;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WebCampus;

// A university whose systems all speak HTTP: a registry behind OAuth 2.0, a portal that speaks SCIM 2.0, and somebody who is told by webhooks. The script `run` in this folder
// starts the portal and then this program.

if (args is not [var folder] || Environment.GetEnvironmentVariable("PORTAL_PORT") is not { } port || Environment.GetEnvironmentVariable("PORTAL_TOKEN") is not { } token)
{
    Console.Error.WriteLine("This program needs its portal: start it by samples/WebCampus/run.");
    return 2;
}

var (registry, receiver) = (new Registry(), new Receiver());
using var portal = new Portal($"http://127.0.0.1:{port}/scim/v2", token);
var web = WebApplication.CreateSlimBuilder();
web.Logging.ClearProviders();
web.WebHost.UseUrls("http://127.0.0.1:0");
await using var services = web.Build();
registry.Map(services);
receiver.Map(services);
await services.StartAsync();

var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
Campus.Add(builder.Services, folder, services.Urls.Single(), registry, portal, receiver);
registry.Change(now =>
{
    for (var number = 1; number <= 60; number++)
        now.Enrol($"{number}", $"person{number}", $"Given {number}", $"Family {number}");
    for (var number = 1; number <= 5; number++)
        now.Groups[$"g{number}"] = new Registry.Group($"g{number}", $"Group {number}");
    for (var number = 0; number < 150; number++)
        now.Join($"g{(number % 5) + 1}", $"{(number * 7 % 60) + 1}");
});

using var host = builder.Build();
using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
await host.StartAsync(limit.Token);
var isGood = true;
await GoAsync("60 people in 5 groups are taken over", _ => { });
await GoAsync("Ada Byron comes, and joins two groups", now =>
{
    now.Enrol("61", "abyron", "Ada", "Byron");
    now.Join("g1", "61");
    now.Join("g2", "61");
});
await GoAsync("Ada marries and gets another login, and two others swap theirs", now =>
{
    now.Enrol("61", "alovelace", "Ada", "Lovelace");
    now.Enrol("1", "person2", "Given 1", "Family 1");
    now.Enrol("2", "person1", "Given 2", "Family 2");
});
await GoAsync("Person 7 goes, and a newcomer gets that login", now =>
{
    foreach (var group in now.Groups.Keys)
        now.Leave(group, "7");
    now.People.Remove("7");
    now.Enrol("62", "person7", "Grace", "Hopper");
});
await GoAsync("A group is closed, and another one is renamed", now =>
{
    foreach (var member in now.Members.Values.Where(member => member.Group == "g5").ToList())
        now.Leave(member.Group, member.User);
    now.Groups.Remove("g5");
    now.Groups["g1"] = now.Groups["g1"] with { Name = "Analytical engine" };
});
await host.StopAsync(CancellationToken.None);

var told = receiver.Told.OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => $"{kind.Value} {kind.Key}");
Console.WriteLine($"The registry gave {registry.Tokens} tokens. The receiver was told {string.Join(", ", told)}.");
return isGood && receiver is { Refused: 0, Told.Count: > 2 } ? 0 : 1;

async Task GoAsync(string what, Action<Registry> change)
{
    registry.Change(change);
    var server = host.Services.GetRequiredKeyedService<IHermesServerControl>(Campus.Server);
    var result = await server.UpdateAsync(limit.Token);
    foreach (var name in new[] { Campus.PortalClient, Campus.ReceiverClient })
        await host.Services.GetRequiredKeyedService<IHermesClientControl>(name).WhenCaughtUpAsync(limit.Token);
    var differences = await portal.DifferencesAsync(registry);
    isGood &= result.Error is null && differences.Count == 0;
    Console.WriteLine($"{what}: {result.Added} added, {result.Modified} modified, {result.Removed} removed. {result.Error}");
    Console.WriteLine(differences.Count == 0 ? "  The portal equals the registry." : $"  The portal differs:\n    {string.Join("\n    ", differences.Take(20))}");
    foreach (var waiting in (await host.Services.GetRequiredKeyedService<IHermesClientControl>(Campus.PortalClient).ListErrorQueueAsync()).Items)
        Console.WriteLine($"  Waiting: {waiting.Message}");
}
