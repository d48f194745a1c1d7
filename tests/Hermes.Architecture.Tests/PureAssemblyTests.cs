using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Hermes.Architecture.Tests;

/// <summary>Diff, Events and Templates are pure: what they call, as their compiled code says, does no input or output.</summary>
public class PureAssemblyTests
{
    private static readonly string[] ForbiddenNamespaces =
        ["System.Net", "System.Data", "Microsoft.Extensions", "System.IO.Pipes", "System.IO.IsolatedStorage"];

    private static readonly string[] ForbiddenTypes =
    [
        "System.IO.File", "System.IO.FileInfo", "System.IO.FileStream", "System.IO.Directory", "System.IO.DirectoryInfo",
        "System.IO.StreamReader", "System.IO.StreamWriter", "System.Console", "System.Environment", "System.Diagnostics.Process",
    ];

    // The registration of the template engine, and the decoding of character references, which is a function and no network.
    private static readonly string[] AllowedInTemplates =
        ["Microsoft.Extensions.DependencyInjection", "System.Net.WebUtility"];

    private static readonly string[] Clocks =
        ["System.TimeProvider", "System.Diagnostics.Stopwatch", "System.Threading.Timer", "System.Threading.PeriodicTimer"];

    [Theory]
    [InlineData("Hermes.Diff")]
    [InlineData("Hermes.Events")]
    [InlineData("Hermes.Templates")]
    public void A_pure_package_touches_no_file_network_database_log_or_container(string package)
    {
        string[] allowed = package == "Hermes.Templates" ? AllowedInTemplates : [];

        var touched = TypeReferences(package).Where(type => !allowed.Any(prefix => type.StartsWith(prefix, StringComparison.Ordinal))).Where(type =>
            ForbiddenTypes.Contains(type, StringComparer.Ordinal)
            || ForbiddenNamespaces.Any(space => type.StartsWith(space + ".", StringComparison.Ordinal)));

        touched.Should().BeEmpty();
    }

    [Fact]
    public void Diff_asks_no_clock()
    {
        TypeReferences("Hermes.Diff").Intersect(Clocks).Should().BeEmpty();
    }

    [Fact]
    public void What_a_package_touches_is_really_found()
    {
        TypeReferences("Hermes.Architecture.Tests").Should().Contain(["System.IO.File", "System.Diagnostics.Process"]);
    }

    private static string[] TypeReferences(string assembly)
    {
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        return
        [
            .. from handle in metadata.TypeReferences
               where !IsOfIteratorsOnly(metadata, handle)
               let type = metadata.GetTypeReference(handle)
               select $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}",
        ];
    }

    // The compiler writes Environment.CurrentManagedThreadId into every iterator: nothing of the environment is read by that.
    private static bool IsOfIteratorsOnly(MetadataReader metadata, TypeReferenceHandle type)
    {
        var members = metadata.MemberReferences.Select(metadata.GetMemberReference).Where(member => member.Parent == type).ToList();
        return members.Count > 0 && members.TrueForAll(member => metadata.StringComparer.Equals(member.Name, "get_CurrentManagedThreadId"));
    }
}
