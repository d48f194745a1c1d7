namespace Hermes.Architecture.Tests.Api;

/// <summary>
/// The public API of each package is written down in <c>Api/PACKAGE.verified.txt</c>, so that each change of it is seen and meant.
/// <c>eng/accept-api</c> writes the files anew.
/// </summary>
public class ApiTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Hermes.Architecture.Tests", "Api");

    public static TheoryData<string> Packages => Repository.PackageNames;

    private static bool Accepting => Environment.GetEnvironmentVariable("HERMES_ACCEPT_API") == "1";

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_public_api_of_a_package_is_the_one_written_down(string package)
    {
        var verified = Path.Combine(Folder, $"{package}.verified.txt");
        var received = Path.Combine(Folder, $"{package}.received.txt");
        var actual = ApiPrinter.Print(Repository.Package(package).Load());
        if (Accepting)
            File.WriteAllText(verified, actual);

        var expected = File.Exists(verified) ? File.ReadAllText(verified) : "";
        if (actual == expected)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        Assert.Fail(
            $"The public API of {package} is not the one in {Path.GetFileName(verified)}:\n{Difference(expected, actual)}\n\n"
            + "If this is meant, run eng/accept-api (or this test with HERMES_ACCEPT_API=1) and commit the file.");
    }

    [Fact]
    public void No_api_is_written_down_for_a_package_that_is_gone()
    {
        var written = Directory.EnumerateFiles(Folder, "*.verified.txt")
            .Select(file => Path.GetFileName(file).Replace(".verified.txt", "", StringComparison.Ordinal));

        written.Should().BeSubsetOf(Repository.Packages.Select(package => package.Name));
    }

    /// <summary>The lines that only one side has, each member after its type.</summary>
    private static string Difference(string expected, string actual)
    {
        var before = Lines(expected);
        var after = Lines(actual);
        return string.Join('\n', before.Except(after).Select(line => "- " + line).Concat(after.Except(before).Select(line => "+ " + line)));
    }

    private static List<string> Lines(string api)
    {
        var lines = new List<string>();
        var type = "";
        foreach (var line in api.Split('\n').Where(line => line.Length > 0))
        {
            var isMember = line.StartsWith(' ');
            if (!isMember)
                type = line;
            lines.Add(isMember ? $"{type} :: {line.Trim()}" : line);
        }

        return lines;
    }
}
