using System.Data.Common;
using System.Reflection;
using System.Runtime.Loader;
using Hermes.Runtime.Configuration;

namespace Hermes.Tool.Hosting;

/// <summary>Drivers of databases that this program does not bring along, such as Oracle's: each from its assembly.</summary>
internal static class DriverSettings
{
    /// <summary>Reads a driver, and reports what is wrong with it.</summary>
    /// <returns>The driver; null if it cannot be had.</returns>
    public static DbProviderFactory? Read(StrictSection section, ConfigurationErrors errors)
    {
        var (file, type) = ("", "");
        section.Text("Assembly", text => file = text);
        section.Text("Factory", text => type = text);
        if (section.Section is RecordingSection)
            return null;
        var path = section.Section.Path;
        if (file.Length == 0 || !File.Exists(file))
        {
            errors.Add(
                $"{path}:Assembly", file.Length == 0 ? "There is no assembly." : $"There is no file {file}.", "Name the driver's .dll; what it needs itself lies beside it.");
            return null;
        }

        if (type.Length > 0)
            return errors.Try($"{path}:Factory", () => Load(file, type));
        errors.Add($"{path}:Factory", "There is no factory.", "Name the driver's DbProviderFactory, with its namespace.");
        return null;
    }

    private static DbProviderFactory Load(string file, string type)
    {
        var (full, context) = (Path.GetFullPath(file), AssemblyLoadContext.Default);
        var beside = new AssemblyDependencyResolver(full);
        context.Resolving += (_, name) => beside.ResolveAssemblyToPath(name) is { } needed ? context.LoadFromAssemblyPath(needed) : Beside(full, name);
        var factory = context.LoadFromAssemblyPath(full).GetType(type) ?? throw new InvalidOperationException($"The assembly has no type {type}.");
        return factory.GetField("Instance", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as DbProviderFactory
            ?? throw new InvalidOperationException($"{type} is no DbProviderFactory with a field Instance.");

        Assembly? Beside(string driver, AssemblyName name)
        {
            var candidate = Path.Combine(Path.GetDirectoryName(driver)!, $"{name.Name}.dll");
            return File.Exists(candidate) ? context.LoadFromAssemblyPath(candidate) : null;
        }
    }
}
