using Hermes.Abstractions.Data;
using Hermes.Files.Target;

namespace Hermes.Files.Tests.Target;

public sealed class FileNamesTests
{
    [Theory]
    [InlineData("ada", "ada.json")]
    [InlineData("ada.l@campus.example", "ada.l@campus.example.json")]
    [InlineData("Ada", "%41da.json")]
    [InlineData("", "=.json")]
    [InlineData("..", "%2E..json")]
    [InlineData("a/b", "a%2Fb.json")]
    [InlineData("é", "%C3%A9.json")]
    [InlineData("42", "%342.json")]
    [InlineData("-1", "%2D1.json")]
    [InlineData("con", "%63on.json")]
    public void A_text_is_escaped_so_that_it_is_safe_everywhere(string key, string name) => FileNames.OfKey(EntryKey.Of(key)).Should().Be(name);

    [Fact]
    public void Keys_of_other_kinds_have_names_that_no_text_has()
    {
        FileNames.OfKey(EntryKey.Of(42)).Should().Be("42.json");
        FileNames.OfKey(EntryKey.Of(-42)).Should().Be("-42.json");
        FileNames.OfKey(EntryKey.Of(true)).Should().Be("=boolean-true.json");
        FileNames.OfKey(EntryKey.Of(new DateTime(2024, 1, 2, 3, 4, 5))).Should().Be("=datetime-2024-01-02%5403%3A04%3A05.json");
        FileNames.OfKey(EntryKey.Of(["g1", 7, "a+b"])).Should().Be("g1+7+a%2Bb.json");
    }

    [Fact]
    public void Random_keys_have_names_of_their_own_that_do_not_differ_by_case_alone()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        const string Alphabet = "aAbB1-_.+%=/\\ é~";
        var keys = Enumerable.Range(0, 20_000)
            .Select(_ => new string([.. Enumerable.Range(0, random.Next(0, 6)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]))
            .SelectMany(text => long.TryParse(text, out var number) ? new[] { EntryKey.Of(text), EntryKey.Of(number) } : [EntryKey.Of(text)])
            .Concat(Enumerable.Range(0, 1000).Select(_ => EntryKey.Of([random.Next(3).ToString(System.Globalization.CultureInfo.InvariantCulture), random.Next(100)])))
            .ToHashSet();

        var names = keys.Select(FileNames.OfKey).ToHashSet(StringComparer.OrdinalIgnoreCase);

        names.Should().HaveSameCount(keys, $"the seed was {seed}");
    }

    [Fact]
    public void A_key_that_is_too_long_for_a_file_name_keeps_a_name_of_its_own()
    {
        var one = FileNames.OfKey(EntryKey.Of(new string('a', 500) + "1"));
        var other = FileNames.OfKey(EntryKey.Of(new string('a', 500) + "2"));

        one.Length.Should().BeLessThan(220);
        one.Should().NotBe(other);
    }

    [Theory]
    [InlineData("People", "People")]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("..", "%2E%2E")]
    public void A_type_keeps_its_letters(string type, string folder) => FileNames.OfType(type).Should().Be(folder);
}
