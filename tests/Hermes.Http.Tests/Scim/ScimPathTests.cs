using System.Text.Json.Nodes;
using Hermes.Http.Scim;

namespace Hermes.Http.Tests.Scim;

public sealed class ScimPathTests
{
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    [Theory]
    [InlineData("userName", "userName")]
    [InlineData("name.givenName", "name.givenName")]
    [InlineData("emails[work]", "emails[type eq \"work\"].value")]
    [InlineData("emails[type eq \"work\"]", "emails[type eq \"work\"].value")]
    [InlineData("addresses[home].locality", "addresses[type eq \"home\"].locality")]
    [InlineData("roles[*]", "roles")]
    [InlineData("enterprise:manager.value", Enterprise + ":manager.value")]
    [InlineData(Enterprise + ":department", Enterprise + ":department")]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User:userName", "userName")]
    public void A_path_is_written_as_operations_want_it(string text, string written) => ScimPath.TryParse(text)!.Text.Should().Be(written);

    [Theory]
    [InlineData("")]
    [InlineData("user name")]
    [InlineData("emails[")]
    [InlineData("emails[]")]
    [InlineData("emails[type ne \"work\"]")]
    [InlineData("a.b.c")]
    [InlineData("other:department")]
    public void What_is_no_path_is_none(string text) => ScimPath.TryParse(text).Should().BeNull();

    [Theory]
    [InlineData("nickName")]
    [InlineData("name.givenName")]
    [InlineData("emails[work]")]
    [InlineData("addresses[home].locality")]
    [InlineData("roles[*]")]
    [InlineData("enterprise:department")]
    [InlineData("enterprise:manager.value")]
    public void What_is_written_is_read_and_what_is_taken_out_leaves_nothing(string text)
    {
        var path = ScimPath.TryParse(text)!;
        var resource = new JsonObject { ["userName"] = "ada" };
        JsonNode value = path.IsList ? new JsonArray("a", "b") : JsonValue.Create("a");

        path.Write(resource, value);
        JsonNode.DeepEquals(path.Read(resource), value).Should().BeTrue();
        path.Write(resource, value);
        JsonNode.DeepEquals(path.Read(resource), value).Should().BeTrue();
        path.Write(resource, null);

        path.Read(resource).Should().BeNull();
        if (text != "addresses[home].locality")
            resource.ToJsonString().Should().Be("""{"userName":"ada"}""");
    }
}
