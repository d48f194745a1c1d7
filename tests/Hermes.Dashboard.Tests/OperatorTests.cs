using Hermes.AspNetCore.Tests;
using Hermes.Runtime.Control;
using Hermes.TestSupport.Servers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Hermes.Dashboard.Tests;

/// <summary>What somebody does who is called at night.</summary>
[RequiresServer("chromium")]
public sealed class OperatorTests(Chromium chromium) : IClassFixture<Chromium>
{
    [ServerFact]
    public Task The_failing_group_is_found_and_put_right() => PutRightAsync(hasScripts: true);

    [ServerFact]
    public Task The_failing_group_is_found_and_put_right_without_scripts() => PutRightAsync(hasScripts: false);

    [ServerFact]
    public async Task Removals_are_approved_by_what_was_looked_at()
    {
        await using var host = await CampusHost.StartAsync();
        await host.HoldRemovalsAsync();
        var visit = await BeginAsync(host);
        await visit.Link("server campus: removals await approval").ClickAsync();

        // Somebody else has left meanwhile.
        host.Users.Remove(26);
        await host.Server.UpdateAsync();
        await visit.Page.Locator(".held").GetByLabel("Reason").FillAsync("they have left");
        await visit.Button("Approve: let them go").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("has changed");

        await visit.Page.GoBackAsync();
        await visit.Page.ReloadAsync();
        await visit.Page.Locator(".held").GetByLabel("Reason").FillAsync("they have left");
        await visit.Button("Approve: let them go").ClickAsync();
        await Expect(visit.Page.Locator("section", new PageLocatorOptions { HasText = "Removals that await a decision" })).ToContainTextAsync("None.");

        host.Server.Status.Types[0].Entries.Should().Be(4);
        visit.Complaints.Should().BeEmpty();
    }

    [ServerFact]
    public async Task Numbers_of_the_overview_are_live()
    {
        await using var host = await CampusHost.StartAsync();
        var visit = await BeginAsync(host);
        var row = visit.Page.GetByRole(AriaRole.Row, new PageGetByRoleOptions { Name = "portal" });
        await Expect(row).ToContainTextAsync("10");

        host.Target.Recover();
        await (await host.Client.RetryAsync(ClientRuntime.Control.EventSelection.All, new DecidedBy("eve", "a test"))).Completion;
        await host.Client.PauseAsync();

        await Expect(row).ToContainTextAsync("Paused", new LocatorAssertionsToContainTextOptions { Timeout = 60_000 });
        await Expect(row).Not.ToContainTextAsync("10");
        visit.Complaints.Should().BeEmpty();
    }

    [ServerFact]
    public async Task A_client_is_paused_with_the_keyboard_alone()
    {
        await using var host = await CampusHost.StartAsync();
        var visit = await BeginAsync(host);
        await visit.GoAsync("clients/portal");

        await visit.Page.Keyboard.PressAsync("Tab");
        await Expect(visit.Link("To the content")).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await TabToAsync(visit, visit.Page.GetByLabel("Reason").First);
        await visit.Page.Keyboard.TypeAsync("maintenance");
        await TabToAsync(visit, visit.Button("Pause"));
        await visit.Page.Keyboard.PressAsync("Enter");

        await Expect(visit.Button("Resume")).ToBeVisibleAsync();
        host.Client.Status.PausedSince.Should().NotBeNull();
        visit.Complaints.Should().BeEmpty();
    }

    private async Task PutRightAsync(bool hasScripts)
    {
        await using var host = await CampusHost.StartAsync();
        var visit = await BeginAsync(host, new BrowserNewContextOptions { JavaScriptEnabled = hasScripts });
        await visit.Link("portal").First.ClickAsync();
        await visit.Link("The certificate of").First.ClickAsync();
        await visit.Link("Accounts 1 ").First.ClickAsync();
        await Expect(visit.Page.Locator(".problem").First).ToContainTextAsync("The certificate of user1 has expired.");
        await Expect(visit.Page.Locator("body")).Not.ToContainTextAsync(CampusHost.Secret);

        await visit.Page.GetByLabel("Reason").First.FillAsync("wrong from the beginning");
        await visit.Button("Discard").First.ClickAsync();
        await Expect(visit.Page.Locator("main")).ToContainTextAsync("wrong from the beginning");
        await host.Client.Operations.Find("1")!.Completion;

        host.Target.Recover();
        await visit.Link("Error queue").ClickAsync();
        await visit.Page.GetByLabel("Reason").FillAsync("the certificate is renewed");
        await visit.Button("Retry all events").ClickAsync();
        await Expect(visit.Page.Locator("main")).ToContainTextAsync("the certificate is renewed");
        (await host.Client.Operations.Find("2")!.Completion).State.Should().Be(OperationState.Completed);
        await visit.Page.ReloadAsync();
        await Expect(visit.Page.Locator("main")).ToContainTextAsync("Completed");

        host.Client.Status.QueuedEvents.Should().Be(0);
        visit.Complaints.Should().BeEmpty();
    }

    private static async Task TabToAsync(Visit visit, ILocator wanted)
    {
        for (var presses = 0; presses < 40; presses++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            if (await wanted.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
        }

        Assert.Fail("The keyboard does not lead there.");
    }

    private async Task<Visit> BeginAsync(CampusHost host, BrowserNewContextOptions? options = null)
    {
        var root = new Uri(host.Addresses[0], "/hermes/");
        var visit = await Visit.BeginAsync(await chromium.OpenAsync(root, options), root);
        await visit.GoAsync("");
        return visit;
    }
}
