namespace Hermes.TestSupport;

/// <summary>Texts that are written down in the repository, so that each change of them is seen and meant. With HERMES_ACCEPT_API=1, tests write them anew.</summary>
public static class Written
{
    private const string Extension = ".verified.txt";

    private static bool IsAccepting => Environment.GetEnvironmentVariable("HERMES_ACCEPT_API") == "1";

    /// <summary>Fails with the difference if a file says something else; what should stand in it is then beside it as <c>.received.txt</c>.</summary>
    /// <param name="file">The file, relative to the root; it ends with <c>.verified.txt</c>.</param>
    /// <param name="actual">What it should say: lines that begin with a space belong to the last one that does not.</param>
    public static void ShouldBe(string file, string actual)
    {
        var verified = RepositoryFiles.PathOf(file);
        var received = verified.Replace(Extension, ".received.txt", StringComparison.Ordinal);
        if (IsAccepting)
            File.WriteAllText(verified, actual);

        var expected = File.Exists(verified) ? File.ReadAllText(verified) : "";
        if (actual == expected)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        Assert.Fail(
            $"This is not what {Path.GetFileName(verified)} says:\n{Difference(expected, actual)}\n\n"
            + "If it is meant, run this test with HERMES_ACCEPT_API=1 (eng/accept-api does so for the packages) and commit the file.");
    }

    /// <summary>The lines that only one side has, each with the one to which it belongs.</summary>
    private static string Difference(string expected, string actual)
    {
        var before = Lines(expected);
        var after = Lines(actual);
        return string.Join('\n', before.Except(after).Select(line => "- " + line).Concat(after.Except(before).Select(line => "+ " + line)));
    }

    private static List<string> Lines(string text)
    {
        var lines = new List<string>();
        var head = "";
        foreach (var line in text.Split('\n').Where(line => line.Length > 0))
        {
            var isMember = line.StartsWith(' ');
            if (!isMember)
                head = line;
            lines.Add(isMember ? $"{head} :: {line.Trim()}" : line);
        }

        return lines;
    }
}
