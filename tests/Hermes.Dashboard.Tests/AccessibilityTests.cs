using Deque.AxeCore.Playwright;
using Hermes.AspNetCore.Tests;
using Hermes.ClientRuntime.Control;
using Hermes.Runtime.Control;
using Hermes.TestSupport.Servers;
using Microsoft.Playwright;

namespace Hermes.Dashboard.Tests;

[RequiresServer("chromium")]
public sealed class AccessibilityTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly BrowserNewContextOptions ScreenInDaylight = new() { ColorScheme = ColorScheme.Light };
    private static readonly BrowserNewContextOptions PhoneAtNight = new()
    {
        ColorScheme = ColorScheme.Dark,
        ViewportSize = new ViewportSize { Width = 360, Height = 740 },
        IsMobile = true,
        HasTouch = true,
    };

    [ServerFact]
    public Task Axe_finds_nothing_on_the_pages_of_a_server_on_a_screen_in_daylight() => CheckAsync(ScreenInDaylight, "servers/");

    [ServerFact]
    public Task Axe_finds_nothing_on_the_pages_of_a_client_on_a_screen_in_daylight() => CheckAsync(ScreenInDaylight, "clients/");

    [ServerFact]
    public Task Axe_finds_nothing_on_the_pages_of_a_server_on_a_phone_at_night() => CheckAsync(PhoneAtNight, "servers/");

    [ServerFact]
    public Task Axe_finds_nothing_on_the_pages_of_a_client_on_a_phone_at_night() => CheckAsync(PhoneAtNight, "clients/");

    // Goes to the overview and to one of each kind of page below a place.
    private async Task CheckAsync(BrowserNewContextOptions options, string place)
    {
        await using var host = await CampusHost.StartAsync();
        await (await host.Client.RetryAsync(EventSelection.All, new DecidedBy("eve", CampusHost.Markup))).Completion;
        host.Users.Remove(28);
        await host.Server.UpdateAsync();
        await host.Client.WhenCaughtUpAsync();
        await host.HoldRemovalsAsync();
        var root = new Uri(host.Addresses[0], "/hermes/");
        await using var window = await chromium.OpenAsync(root, options);
        var visit = await Visit.BeginAsync(window, root);

        var (seen, left, found) = (new HashSet<string>(), new Queue<string>([root.AbsoluteUri, $"{root}{place}nobody"]), new List<string>());
        while (left.TryDequeue(out var address))
        {
            if (!seen.Add(new Uri(address).AbsolutePath))
                continue;
            await visit.GoAsync(address);
            foreach (var violation in (await visit.Page.RunAxe()).Violations)
                found.Add($"{address}: {violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Select(node => node.Html))}");
            if (await visit.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"))
                found.Add($"{address}: is wider than the screen");
            foreach (var link in await visit.Page.EvalOnSelectorAllAsync<string[]>("a", "links => links.map(link => link.href)"))
            {
                if (link.StartsWith($"{root}{place}", StringComparison.Ordinal) && !link.Contains('#', StringComparison.Ordinal))
                    left.Enqueue(link);
            }
        }

        seen.Should().HaveCountGreaterThan(5);
        found.Should().BeEmpty();
        visit.Complaints.Should().BeEmpty();
    }
}
