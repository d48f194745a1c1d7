using System.IO.Compression;
using System.Xml.Linq;

namespace Hermes.Architecture.Tests.Packages;

/// <summary>A package as it would be published.</summary>
/// <param name="Metadata">What its nuspec says.</param>
/// <param name="Files">The files in it and in its package of symbols.</param>
internal sealed record PackedPackage(XElement Metadata, IReadOnlyList<string> Files)
{
    public string Id => Text("id");

    public string Version => Text("version");

    /// <summary>Whether it is a program, which brings all that it needs.</summary>
    public bool IsTool => Metadata.Descendants(Name("packageType")).Any(type => (string?)type.Attribute("name") == "DotnetTool");

    /// <summary>Its dependencies, each as id and version.</summary>
    public IEnumerable<string> Dependencies =>
        Metadata.Descendants(Name("dependency")).Select(dependency => $"{dependency.Attribute("id")!.Value} {dependency.Attribute("version")!.Value}");

    public static PackedPackage Read(string path)
    {
        using var package = ZipFile.OpenRead(path);
        using var symbols = ZipFile.OpenRead(Path.ChangeExtension(path, ".snupkg"));
        using var nuspec = package.Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        var metadata = XDocument.Load(nuspec).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
        return new PackedPackage(metadata, [.. package.Entries.Concat(symbols.Entries).Select(entry => entry.FullName)]);
    }

    /// <summary>What an element says; an empty text if it is missing.</summary>
    public string Text(string element) => Metadata.Element(Name(element))?.Value ?? "";

    public string Attribute(string element, string attribute) => Metadata.Element(Name(element))?.Attribute(attribute)?.Value ?? "";

    private XName Name(string element) => Metadata.Name.Namespace + element;
}
