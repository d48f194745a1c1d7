using System.Reflection;
using System.Xml.Linq;

namespace Hermes.Architecture.Tests;

/// <summary>A project of src, as its project file says.</summary>
internal sealed record SourceProject(
    string Name, string Folder, string? Description, string[] ProjectReferences, string[] PackageReferences)
{
    public static SourceProject Read(string folder)
    {
        var name = Path.GetFileName(folder);
        var project = XDocument.Load(Path.Combine(folder, $"{name}.csproj"));
        return new SourceProject(
            name,
            folder,
            (string?)project.Descendants("Description").SingleOrDefault(),
            [.. Includes("ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))],
            [.. Includes("PackageReference")]);

        IEnumerable<string> Includes(string item) => project.Descendants(item).Select(element => (string)element.Attribute("Include")!);
    }

    /// <summary>What it offers to others. The compiler of Razor makes every component public; the pages of the dashboard are nobody's to use.</summary>
    public IEnumerable<Type> ApiTypes() =>
        Load().GetExportedTypes().Where(type => type.Name != "_Imports" && !type.GetInterfaces().Any(face => face.FullName == "Microsoft.AspNetCore.Components.IComponent"));

    public Assembly Load() => Assembly.Load(new AssemblyName(Name));
}
