using Hermes.Files.Sources.Csv;
using Hermes.Files.Sources.Excel;
using Hermes.Files.Sources.JsonLines;
using Hermes.Runtime.Registration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds sources of files to a server.</summary>
public static class FilesServerBuilderExtensions
{
    /// <summary>Adds a data source that reads CSV files.</summary>
    public static IHermesServerBuilder AddCsvSource(this IHermesServerBuilder server, string name, Action<CsvSourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(configure);
        return server.AddSource(name, _ => new CsvSource(name, PartOptions.Make($"Sources:{name}", configure)));
    }

    /// <summary>Adds a data source that reads files with one JSON object per line.</summary>
    public static IHermesServerBuilder AddJsonLinesSource(this IHermesServerBuilder server, string name, Action<JsonLinesSourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(configure);
        return server.AddSource(name, _ => new JsonLinesSource(name, PartOptions.Make($"Sources:{name}", configure)));
    }

    /// <summary>Adds a data source that reads a sheet of Excel workbooks (<c>.xlsx</c>).</summary>
    public static IHermesServerBuilder AddExcelSource(this IHermesServerBuilder server, string name, Action<ExcelSourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(configure);
        return server.AddSource(name, _ => new ExcelSource(name, PartOptions.Make($"Sources:{name}", configure)));
    }

    /// <summary>Lets the configuration name the kinds <c>Csv</c>, <c>Excel</c> and <c>JsonLines</c> for a source.</summary>
    public static IHermesServerBuilder AddFileKinds(this IHermesServerBuilder server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return server
            .AddSourceKind("Csv", part => new CsvSource(part.Name, part.Read<CsvSourceOptions>()))
            .AddSourceKind("Excel", part => new ExcelSource(part.Name, part.Read<ExcelSourceOptions>()))
            .AddSourceKind("JsonLines", part => new JsonLinesSource(part.Name, part.Read<JsonLinesSourceOptions>()));
    }
}
