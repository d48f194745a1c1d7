using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.Comparison;
using Hermes.Runtime.Lists;

namespace Hermes.ClientRuntime.Tests.Comparison;

public sealed class LinksByHandTests : ComparisonTest
{
    private IClientLinks Links => Harness.Control.Links;

    [Fact]
    public async Task Links_are_listed_page_by_page()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob"), Campus.User("3", "cid"));
        await StartAsync();

        var first = await Links.ListAsync("Users", new ListQuery { Size = 2 });
        var second = await Links.ListAsync("Users", new ListQuery { Size = 2, Cursor = first.Next });

        first.Items.Concat(second.Items).Select(link => (link.Key, link.Link!)).Should().Equal(Pairs(("1", "000001"), ("2", "000002"), ("3", "000003")));
        second.Next.Should().BeNull();
    }

    [Fact]
    public async Task An_entry_that_waits_gets_the_object_that_it_is_linked_with_by_hand()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        var link = Target.Make("ada", "Countess");
        await StartAsync();
        (await Harness.Control.ListErrorQueueAsync()).Items.Should().ContainSingle();

        (await Links.SetAsync("Users", Map(("1", link)), "erika", "they are the same")).Should().BeEmpty();
        await Harness.AppliedAsync();

        (await Harness.Control.ListErrorQueueAsync()).Items.Should().BeEmpty();
        Target.Objects.Should().ContainSingle().Which.Value.Content["display"].Should().Be((Value)"Ada Byron");
    }

    [Fact]
    public async Task An_object_that_is_another_entrys_is_refused_until_that_link_is_cut()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob"));
        await StartAsync();

        var refused = await Links.SetAsync("Users", Map(("1", "000002"), ("7", "000009")), "erika", "a mistake");
        refused.Select(one => one.Reason).Should().Equal("The object is Users[2]'s. Cut its link first.", "There is no entry Users[7].");

        (await Links.CutAsync("Users", [EntryKey.Of("1"), EntryKey.Of("2"), EntryKey.Of("9")], "erika", "swapped")).Should().Be(2);
        (await Links.SetAsync("Users", Map(("1", "000002"), ("2", "000001")), "erika", "swapped")).Should().BeEmpty();

        (await CompareAsync()).Should().BeEquivalentTo("Differs 1 000002 login", "Differs 2 000001 login");
    }

    [Fact]
    public async Task Many_links_are_set_at_once()
    {
        const int People = 450;
        await Harness.SendInitSyncAsync(Campus.Schema, [.. Enumerable.Range(0, People).Select(id => Campus.User($"{id}", $"u{id}"))]);
        var links = Enumerable.Range(0, People).ToDictionary(id => EntryKey.Of($"{id}"), id => Target.Make($"u{id}", "Ada Byron"));
        await StartAsync();

        (await Links.SetAsync("Users", links, "erika", "imported")).Should().BeEmpty();
        await Harness.AppliedAsync();

        (await Harness.Control.ListErrorQueueAsync()).Items.Should().BeEmpty();
        (await Comparisons.CompareAsync("Users")).Found.Should().Be(0);
    }

    private static Dictionary<EntryKey, string> Map(params (string Key, string Link)[] links) => Pairs(links).ToDictionary(pair => pair.Item1, pair => pair.Item2);

    private static IEnumerable<(EntryKey, string)> Pairs(params (string Key, string Link)[] links) => links.Select(pair => (EntryKey.Of(pair.Key), pair.Link));
}
