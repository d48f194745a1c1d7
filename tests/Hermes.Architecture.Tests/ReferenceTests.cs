namespace Hermes.Architecture.Tests;

/// <summary>References point one way: from the runtimes and adapters to the contracts, never back, never from adapter to adapter.</summary>
public class ReferenceTests
{
    private static readonly string[] Contracts = ["Hermes.Abstractions", "Hermes.Runtime"];
    private static readonly string[] Core = [.. Contracts, "Hermes.Diff", "Hermes.Events", "Hermes.Templates"];
    private static readonly string[] Runtimes = [.. Core, "Hermes.ServerRuntime", "Hermes.ClientRuntime"];

    private static readonly Dictionary<string, string[]> AllowedProjects = new()
    {
        ["Hermes.Abstractions"] = [],
        ["Hermes.Runtime"] = ["Hermes.Abstractions"],
        ["Hermes.Diff"] = ["Hermes.Abstractions"],
        ["Hermes.Events"] = ["Hermes.Abstractions"],
        ["Hermes.Templates"] = ["Hermes.Abstractions"],
        ["Hermes.Mail"] = Contracts,
        ["Hermes.Scriban"] = Contracts,
        ["Hermes.ServerRuntime"] = Core,
        ["Hermes.ClientRuntime"] = Core,
        ["Hermes.Sql"] = Contracts,
        ["Hermes.Ldap"] = Contracts,
        ["Hermes.Kafka"] = Contracts,
        ["Hermes.RabbitMq"] = Contracts,
        ["Hermes.Http"] = Contracts,
        ["Hermes.Files"] = Contracts,
        ["Hermes.Sqlite"] = Runtimes,
        ["Hermes.PostgreSql"] = Runtimes,
        ["Hermes.AspNetCore"] = Runtimes,
        ["Hermes.Tool"] =
        [
            .. Runtimes, "Hermes.AspNetCore", "Hermes.Files", "Hermes.Http", "Hermes.Kafka", "Hermes.Ldap", "Hermes.Mail", "Hermes.PostgreSql", "Hermes.RabbitMq", "Hermes.Scriban",
            "Hermes.Sql", "Hermes.Sqlite",
        ],
        ["Hermes.Testing"] = Runtimes,
        ["Hermes.Testing.Contracts"] = [.. Runtimes, "Hermes.Testing"],
    };

    private static readonly Dictionary<string, string[]> AllowedPackagePrefixes = new()
    {
        ["Hermes.Abstractions"] = [],
        ["Hermes.Diff"] = [],
        ["Hermes.Events"] = [],
        ["Hermes.Templates"] = ["Microsoft.Extensions.DependencyInjection.Abstractions", "AnyAscii"],
        ["Hermes.Runtime"] = ["Microsoft.Extensions."],
        ["Hermes.ServerRuntime"] = ["Microsoft.Extensions.", "Polly."],
        ["Hermes.ClientRuntime"] = ["Microsoft.Extensions.", "Polly.", "System.IO.Hashing"],
    };

    public static TheoryData<string> Packages => Repository.PackageNames;

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_references_only_what_the_architecture_allows(string package)
    {
        AllowedProjects.Should().ContainKey(package, "a new package gets its place in the architecture and in this table");

        Repository.Package(package).ProjectReferences.Should().BeSubsetOf(AllowedProjects[package]);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_is_compiled_against_only_what_the_architecture_allows(string package)
    {
        var referenced = Repository.Package(package).Load().GetReferencedAssemblies().Select(name => name.Name!);

        referenced.Where(name => name.StartsWith("Hermes.", StringComparison.Ordinal)).Should().BeSubsetOf(AllowedProjects[package]);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_core_depends_on_no_foreign_package_but_those_of_the_host_of_resilience_and_of_letters(string package)
    {
        if (!AllowedPackagePrefixes.TryGetValue(package, out var prefixes))
            return;

        var foreign = Repository.Package(package).PackageReferences
            .Where(name => !prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));

        foreign.Should().BeEmpty();
    }

    [Fact]
    public void No_package_depends_on_a_library_of_an_unsuitable_licence()
    {
        Repository.Packages.SelectMany(package => package.PackageReferences).Should().NotContain("MySql.Data", "it is under the GPL");
    }
}
