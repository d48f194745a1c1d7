namespace Hermes.Tool.Tests.Configuration;

public sealed class JsonTests : IDisposable
{
    private readonly SettingsFolder _folder = new();

    [Fact]
    public void Json_is_read_with_comments_and_a_last_comma()
    {
        _folder.With("a.json", """
            // as in appsettings.json
            { "Hermes": { "Servers": { "campus": { "PollInterval": "00:05:00", "On": true, "Number": 1.50, "None": null, "Key": [ "id", "é", ] } } } }
            """);

        var campus = _folder.Section("a.json").GetSection("Servers:campus");

        campus["PollInterval"].Should().Be("00:05:00");
        campus["On"].Should().Be("true");
        campus["Number"].Should().Be("1.50");
        campus["None"].Should().BeNull();
        campus["Key:1"].Should().Be("é");
    }

    [Theory]
    [InlineData("{\n  \"é\": 1,\n  \"é\": 2 }", "a.json:3:3: é: This setting stands twice in its section.")]
    [InlineData("{ \"ééé\": 1, \"x\": 2, \"X\": 3 }", "a.json:1:21: X: This setting stands twice in its section.")]
    [InlineData("{\n  \"a\": 1\n  \"b\": 2\n}", "a.json:3:3: This is no JSON")]
    [InlineData("{\n  \"é\": x }", "a.json:2:8: This is no JSON")]
    [InlineData("{ \"a\": 1", "a.json:1:9: This is no JSON")]
    [InlineData("{} {}", "a.json:1:4: This is no JSON")]
    [InlineData("[ 1 ]", "a.json:1:1: A file begins with names of settings")]
    [InlineData(" ", "a.json:1:1: The file is empty.")]
    public void A_mistake_is_told_with_line_and_column_in_characters(string json, string start) =>
        _folder.With("a.json", json).Findings("a.json").Should().ContainSingle().Which.Should().StartWith(start);

    public void Dispose() => _folder.Dispose();
}
