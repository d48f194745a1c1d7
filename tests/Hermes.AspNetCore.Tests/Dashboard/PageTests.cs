using System.Net;
using System.Text.RegularExpressions;
using Hermes.ClientRuntime.Control;
using Hermes.Runtime.Control;
using Microsoft.AspNetCore.Builder;

namespace Hermes.AspNetCore.Tests.Dashboard;

public sealed partial class PageTests
{
    [Fact]
    public async Task Every_page_that_is_linked_is_there_and_shows_no_secret_and_no_markup_of_the_data()
    {
        await using var host = await CampusHost.StartAsync();
        using var browser = new Browser(host);
        await (await host.Client.RetryAsync(EventSelection.All, new DecidedBy(CampusHost.Markup, CampusHost.Markup))).Completion;
        host.Users.Remove(28);
        await host.Server.UpdateAsync();
        await host.Client.WhenCaughtUpAsync();
        await host.HoldRemovalsAsync();

        var pages = await WalkAsync(browser, "/hermes/");

        pages.Keys.Should().Contain([
            "/hermes/servers/campus", "/hermes/servers/campus/findings", "/hermes/servers/campus/entries/Users", "/hermes/servers/campus/removals/Users",
            "/hermes/clients/portal", "/hermes/clients/portal/queue", "/hermes/clients/portal/queue/entry?type=Accounts&key=1", "/hermes/clients/portal/groups",
            "/hermes/clients/portal/trashbin", "/hermes/clients/portal/deadletters", "/hermes/clients/portal/references", "/hermes/clients/portal/operations",
            "/hermes/clients/portal/operations/1"]);
        foreach (var (path, text) in pages)
        {
            text.Should().NotContain(CampusHost.Markup, path).And.NotContain(CampusHost.Secret, path);
            Inline().IsMatch(text).Should().BeFalse($"{path} has no script or style of its own");
        }

        pages["/hermes/clients/portal/queue"].Should().Contain("&lt;script&gt;alert(");
        pages["/hermes/clients/portal/trashbin"].Should().Contain("user28");
    }

    [Fact]
    public async Task Pages_work_below_a_path_base()
    {
        await using var host = await CampusHost.StartAsync(use: app => app.UsePathBase("/ops").UseRouting());
        using var browser = new Browser(host);

        (await WalkAsync(browser, "/ops/hermes/")).Keys.Should().Contain("/ops/hermes/clients/portal/queue").And.OnlyContain(path => path.StartsWith("/ops/hermes/"));
        (await browser.LoadAsync("/ops/hermes")).Should().Contain("<base href=\"/ops/hermes/\"");
    }

    [Fact]
    public async Task A_page_that_cannot_be_shown_says_why()
    {
        await using var host = await CampusHost.StartAsync();

        foreach (var (path, status, text) in new[]
        {
            ("nothing/at/all", HttpStatusCode.NotFound, "no such page"),
            ("servers/nobody", HttpStatusCode.NotFound, "nobody"),
            ("clients/portal/queue?kind=Nothing", HttpStatusCode.BadRequest, "Nothing"),
            ("clients/portal/queue/entry", HttpStatusCode.BadRequest, "type and the key"),
        })
        {
            var response = await host.Http.GetAsync(path);
            response.StatusCode.Should().Be(status, path);
            (await response.Content.ReadAsStringAsync()).Should().Contain(text).And.Contain("<base href=\"/hermes/\"").And.NotContain("   at ");
        }
    }

    [Fact]
    public async Task A_client_that_cannot_be_asked_still_has_its_page()
    {
        await using var host = await CampusHost.StartAsync();
        await host.Client.StopAsync();

        (await host.Http.GetStringAsync("clients/portal")).Should().Contain("Stopped");
        (await host.Http.GetAsync("clients/portal/queue")).StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await host.Http.GetStringAsync("")).Should().Contain("client portal: was stopped");
    }

    [Fact]
    public async Task Long_lists_have_a_next_page()
    {
        await using var host = await CampusHost.StartAsync();
        using var browser = new Browser(host);

        var first = await browser.LoadAsync("servers/campus/entries/Users?size=20");
        var next = WebUtility.HtmlDecode(Next().Match(first).Groups["link"].Value);
        (await browser.LoadAsync(next)).Should().Contain("user30").And.NotContain("rel=\"next\"");
    }

    // Follows all links from a page on.
    private static async Task<Dictionary<string, string>> WalkAsync(Browser browser, string root)
    {
        var (found, left) = (new Dictionary<string, string>(), new Queue<string>([root]));
        while (left.TryDequeue(out var path))
        {
            if (found.ContainsKey(path))
                continue;
            found[path] = await browser.LoadAsync(path);
            found[path].Should().Contain($"<base href=\"{root}\"");
            foreach (Match link in Link().Matches(found[path]))
            {
                var address = new Uri(new Uri($"http://localhost{root}"), WebUtility.HtmlDecode(link.Groups["link"].Value));
                if (address.Fragment.Length == 0)
                    left.Enqueue(address.PathAndQuery);
            }
        }

        return found;
    }

    [GeneratedRegex("<a [^>]*href=\"(?<link>[^\"]*)\"")]
    private static partial Regex Link();

    [GeneratedRegex("<a href=\"(?<link>[^\"]*)\" rel=\"next\"")]
    private static partial Regex Next();

    [GeneratedRegex(@"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();
}
