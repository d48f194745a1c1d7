using Hermes.Abstractions.Data;
using Hermes.Diff.Model;
using Hermes.Diff.Tests.Kit;
using Hermes.Templates;

namespace Hermes.Diff.Tests.Model;

public class ServerModelTests
{
    [Fact]
    public void Type_tells_what_a_schema_needs()
    {
        var model = ServerModel.Build(
            Types.Model(
                Types.Type("Users", ["id"], Types.Source("hr", "seen", "tmp", "pw", "name", "id").Secret("pw").CacheOnly("seen").Local("tmp")),
                Types.Type("Members", ["user", "group"], Types.Source("hr", "user", "group")).PointingTo("user", "Users", "id")),
            new FakeEngine(),
            "");

        model.TryGetType("Users", out var users).Should().BeTrue();
        users!.SentAttributes.Should().Equal("id", "name", "pw");
        users.SecretAttributes.Should().Equal("pw");
        users.Attributes.Select(attribute => (attribute.Name, attribute.Role)).Should().Equal(
            ("id", AttributeRole.Sent), ("name", AttributeRole.Sent), ("pw", AttributeRole.Secret), ("seen", AttributeRole.CacheOnly), ("tmp", AttributeRole.Local));
        model.Types[1].Key.Should().Equal("user", "group");
        model.Types[1].ForeignKeys.Should().ContainKey("user").WhoseValue.Should().Be(new ParentKey("Users", "id"));
        model.TryGetType("users", out _).Should().BeFalse();
    }

    [Fact]
    public void Entry_shows_as_its_template_says_or_by_type_and_key()
    {
        var type = Types.Type("Users", ["id"], Types.Source("hr", "id", "name"));
        type.ToStringTemplate = "{{ _SELF.name | upper }} ({{ id }})";
        var shown = ServerModel.Build(Types.Model(type), new JinjaTemplateEngine(), "").Types[0];

        shown.Describe(EntryKey.Of(1), Entry.Of(("id", 1), ("name", "ann"))).Should().Be("ANN (1)");
        shown.Describe(EntryKey.Of(1)).Should().Be("<Users[1]>");
        shown.Describe(EntryKey.Of(1), Entry.Of(("id", 1))).Should().Be("<Users[1]>", "the template fails without a name");
    }

    [Fact]
    public void Types_are_streamed_unless_something_needs_their_entries()
    {
        Plan("{{ _SELF.id in Users_pkeys and _SELF.id not in Users_pkeys }}").Should().Equal(true, true);
        Plan("{{ Users_pkeys | length > 3 }}").Should().Equal(false, false);
        Plan("{{ _SELF.id in Users_pkeys | list }}").Should().Equal(false, false);
        Plan("{{ _SELF.id in Users_pkeys is iterable }}").Should().Equal(false, false);
        Plan("{{ Users | length > 3 }}").Should().Equal(false, false);
        Plan("{{ _SELF.id in Groups_pkeys }}").Should().Equal(true, false);
        Plan("{{ true }}", "{{ _SELF.id in Groups_pkeys }}").Should().Equal(false, true);
        Plan("{{ true }}", fetch: "select {{ Users_pkeys | length }}").Should().Equal(false, true);
        Plan("{{ true }}", fetch: "select {{ 5 in Users_pkeys }}").Should().Equal(true, true);
    }

    private static bool[] Plan(string groups, string users = "{{ true }}", string fetch = "")
    {
        var options = Types.Model(
            Types.Type("Users", ["id"], Types.Source("hr", "id")).Requiring(users),
            Types.Type("Groups", ["id"], Types.Source("hr", "id")).Requiring(groups));
        options.DataTypes[1].Sources[0].Fetch.Query = fetch;
        return ServerModel.Build(options, new JinjaTemplateEngine(), "").Streamed;
    }
}
