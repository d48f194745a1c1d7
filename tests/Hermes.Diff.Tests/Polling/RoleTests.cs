using Hermes.Abstractions.Data;
using Hermes.Diff.Model.Options;
using Hermes.Diff.Tests.Kit;

namespace Hermes.Diff.Tests.Polling;

public class RoleTests
{
    private static readonly Entry Ann = Entry.Of(("id", 1), ("name", "ann"), ("seen", 5));

    [Fact]
    public void Cache_only_attribute_is_cached_and_refreshed_without_an_event()
    {
        var server = new Server(Model(source => source.CacheOnly("seen"))).Rows("Users/hr", Ann);
        server.Poll().Should().Equal(new AddedChange("Users", "1", Entry.Of(("id", 1), ("name", "ann")), Entry.Empty, Ann));

        server.Rows("Users/hr", Ann.With("seen", 6)).Poll().Should().Equal(new RefreshedChange("Users", "1"));
        server.State.Stored("Users").Single().CacheOnly.Should().Equal(Entry.Of(("seen", 6)));
        server.ReportOf("Users").Refreshed.Should().Be(1);
    }

    [Fact]
    public void Local_attribute_is_neither_cached_nor_compared()
    {
        var server = new Server(Model(source => source.Local("seen"))).Rows("Users/hr", Ann);
        server.Poll().Should().Equal(new AddedChange("Users", "1", Entry.Of(("id", 1), ("name", "ann")), Entry.Empty, Ann));

        server.Rows("Users/hr", Ann.With("seen", 6)).Poll().Should().BeEmpty();
        server.State.Stored("Users").Single().All.Should().NotContainKey("seen");
    }

    [Fact]
    public void Attribute_that_changes_sides_is_added_or_removed_for_the_clients()
    {
        var sent = Model(_ => { });
        var cacheOnly = Model(source => source.CacheOnly("seen"));
        var local = Model(source => source.Local("seen"));
        var gone = Types.Model(Types.Type("Users", ["id"], Types.Source("hr", "id", "name")));
        var removed = Changed(new(Entry.Empty, Entry.Empty, ["seen"]));
        var added = Changed(new(Entry.Of(("seen", 5)), Entry.Empty, []));

        var server = new Server(sent).Rows("Users/hr", Ann);
        server.Poll();
        foreach (var (model, change) in new[] { (cacheOnly, removed), (sent, added), (local, removed), (sent, added), (gone, removed), (sent, added) })
        {
            server.Restart(model);
            server.Rows("Users/hr", Ann);
            server.Poll().Should().Equal(change);
            server.Poll().Should().BeEmpty();
        }
    }

    [Fact]
    public void Attribute_that_was_only_cached_goes_without_an_event()
    {
        var server = new Server(Model(source => source.CacheOnly("seen"))).Rows("Users/hr", Ann);
        server.Poll();

        server.Restart(Model(source => source.Local("seen")));
        server.Poll().Should().Equal(new RefreshedChange("Users", "1"));
    }

    private static ModifiedChange Changed(AttributeChanges changes) => new("Users", "1", changes, AttributeChanges.None);

    private static ServerModelOptions Model(Action<TypeSourceOptions> change)
    {
        var source = Types.Source("hr", "id", "name", "seen");
        change(source);
        return Types.Model(Types.Type("Users", ["id"], source));
    }
}
