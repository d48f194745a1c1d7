using Hermes.Abstractions.Data;
using Hermes.Diff.Model.Options;
using Hermes.Diff.Tests.Kit;

namespace Hermes.Diff.Tests.Polling;

public class SecretTests
{
    private const string Sesame = "open-sesame-4711";

    private static readonly ServerModelOptions Model =
        Types.Model(Types.Type("Users", ["id"], Types.Source("hr", "id", "name", "password", "pin").Secret("password", "pin")));

    [Fact]
    public void Secret_is_sent_with_a_new_entry_and_never_cached()
    {
        var server = new Server(Model).Rows("Users/hr", User("ann", Sesame));

        var added = server.Poll().Should().ContainSingle().Which.Should().BeOfType<AddedChange>().Subject;
        added.Secrets.Should().Equal(Entry.Of(("password", Sesame)));
        added.Attributes.Should().Equal(Entry.Of(("id", 1), ("name", "ann")));
        server.State.Stored("Users").Single().All.Should().Equal(Entry.Of(("id", 1), ("name", "ann")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_byte_of_a_secret_is_in_what_is_stored_or_reported(bool collected)
    {
        var options = Types.Model(Types.Type("Users", ["id"], Types.Source("hr", "id", "name", "password", "pin").Secret("password", "pin")));
        if (collected)
            options.DataTypes[0].Sources.Add(Types.Source("other", "id", "password").Secret("password"));
        var server = new Server(options).Rows("Users/hr", User("ann", Sesame));
        if (collected)
            server.Rows("Users/other", User("x", Sesame + "2"));
        for (var round = 0; round < 3; round++)
        {
            server.Poll();
            server.Rows("Users/hr", User("ann" + round, Sesame + round));
            var contents = server.State.ReadAll(server.Model.Types[0]).Select(content => System.Text.Encoding.Latin1.GetString(content));
            string.Concat(contents).Should().NotContain(Sesame);
            (server.Report + string.Join(" ", server.Report.Types.SelectMany(type => type.Conflicts.First))).Should().NotContain(Sesame);
        }
    }

    [Fact]
    public void Changed_secret_is_told_apart_from_a_new_and_a_removed_one()
    {
        var server = new Server(Model).Rows("Users/hr", User("ann", Sesame));
        server.Poll();

        server.Poll().Should().BeEmpty();
        server.Rows("Users/hr", User("ann", "other")).Poll().Should().Equal(
            Changed(AttributeChanges.None, new(Entry.Empty, Entry.Of(("password", "other")), [])));
        server.Rows("Users/hr", User("ann", "other", "0000")).Poll().Should().Equal(
            Changed(AttributeChanges.None, new(Entry.Of(("pin", "0000")), Entry.Empty, [])));
        server.Rows("Users/hr", User("anne", null, "0000")).Poll().Should().Equal(
            Changed(new(Entry.Empty, Entry.Of(("name", "anne")), []), new(Entry.Empty, Entry.Empty, ["password"])));
        server.Poll().Should().BeEmpty();
    }

    [Fact]
    public void Secrets_count_as_added_after_a_restart_and_after_an_initsync()
    {
        var server = new Server(Model).Rows("Users/hr", User("ann", Sesame));
        server.Poll();
        var again = Changed(AttributeChanges.None, new(Entry.Of(("password", Sesame)), Entry.Empty, []));

        server.Restart();
        server.Poll().Should().Equal(again);
        server.Poll().Should().BeEmpty();
        server.State.IndexOf(server.Model.Types[0]).ForgetSecrets();
        server.Poll().Should().Equal(again);
    }

    [Fact]
    public void Secret_that_was_cleared_while_no_server_was_there_is_told_as_removed()
    {
        var server = new Server(Model).Rows("Users/hr", User("ann", Sesame, "0000"));
        server.Poll();
        server.Restart();

        server.Rows("Users/hr", User("ann", null, "0000")).Poll().Should().Equal(
            Changed(AttributeChanges.None, new(Entry.Of(("pin", "0000")), Entry.Empty, ["password"])));
        server.Restart();
        server.Rows("Users/hr", User("ann", null)).Poll().Should().Equal(Changed(AttributeChanges.None, new(Entry.Empty, Entry.Empty, ["pin"])));
        server.Poll().Should().BeEmpty();
        server.Restart();
        server.Poll().Should().BeEmpty();
    }

    [Fact]
    public void Poll_that_is_dropped_does_not_count_secrets_as_sent()
    {
        var server = new Server(Model).Rows("Users/hr", User("ann", Sesame));
        server.Poll();
        server.Rows("Users/hr", User("ann", "other"));

        var dropped = server.Poll(beforeStore: (_, _) => false);
        server.Poll().Should().Equal(dropped).And.NotBeEmpty();
    }

    [Fact]
    public void Secret_of_a_slot_that_is_used_again_is_not_taken_for_sent()
    {
        var server = new Server(Model).Rows("Users/hr", User("ann", Sesame));
        server.Poll();
        server.Rows("Users/hr").Poll();
        server.Rows("Users/hr", Entry.Of(("id", 2), ("name", "bob"))).Poll();

        server.Rows("Users/hr", Entry.Of(("id", 2), ("name", "bob"), ("password", Sesame))).Poll()
            .Should().ContainSingle().Which.Should().BeOfType<ModifiedChange>().Which.Secrets.Added.Should().ContainKey("password");
    }

    [Fact]
    public void Attribute_that_became_secret_is_added_and_not_removed()
    {
        var server = new Server(Types.Model(Types.Type("Users", ["id"], Types.Source("hr", "id", "name", "password", "pin"))));
        server.Rows("Users/hr", User("ann", Sesame)).Poll();

        server.Restart(Model);
        server.Poll().Should().Equal(Changed(AttributeChanges.None, new(Entry.Of(("password", Sesame)), Entry.Empty, [])));
        server.State.Stored("Users").Single().All.Should().NotContainKey("password");
    }

    [Fact]
    public void Secret_that_is_local_too_is_neither_sent_nor_cached()
    {
        var options = Types.Model(Types.Type("Users", ["id"], Types.Source("hr", "id", "password").Secret("password").Local("password")));
        var server = new Server(options).Rows("Users/hr", User("ann", Sesame));

        var added = server.Poll().Should().ContainSingle().Which.Should().BeOfType<AddedChange>().Subject;
        added.Secrets.Should().BeEmpty();
        added.Attributes.Should().Equal(Entry.Of(("id", 1)));
        server.Model.Types[0].SentAttributes.Should().Equal("id");
        server.Model.Types[0].Describe(EntryKey.Of(1), added.Fetched).Should().NotContain(Sesame);
    }

    private static ModifiedChange Changed(AttributeChanges changes, AttributeChanges secrets) => new("Users", "1", changes, secrets);

    private static Entry User(string name, string? password, string? pin = null) => Entry.Of(("id", 1), ("name", name), ("password", password), ("pin", pin));
}
