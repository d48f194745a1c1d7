using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using Hermes.Abstractions.Sources;
using Hermes.Runtime.Registration;

namespace Hermes.Files.Sources.Excel;

/// <summary>A data source that reads a sheet of an Excel workbook (<c>.xlsx</c>). It cannot be written to.</summary>
public sealed class ExcelSource : IDataSource
{
    private readonly string _subject;
    private readonly ExcelSourceOptions _options;

    /// <summary>Makes a source.</summary>
    /// <param name="name">The name of the source, for messages.</param>
    /// <param name="options">The settings; not to be changed afterwards.</param>
    /// <exception cref="ValidationException">A setting is missing or wrong.</exception>
    public ExcelSource(string name, ExcelSourceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        PartOptions.Require(options);
        _subject = $"Excel source '{name}'";
        _options = options;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<SourceRow> FetchAsync(SourceOperation operation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return SourceFiles.Of(_subject, _options, operation).ReadAsync(file => ReadAsync(file, operation, cancellationToken), cancellationToken);
    }

    private async IAsyncEnumerable<SourceRow> ReadAsync(
        SourceFile file, SourceOperation operation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var sheet = await ExcelSheet.OpenAsync(file, _options.Sheet, cancellationToken);
        while (sheet.Row < _options.HeaderRow)
        {
            if (!sheet.Next())
                throw file.Malformed("row", _options.HeaderRow, "The sheet ends before the row that holds the names of the columns. Correct HeaderRow or Sheet.");
        }

        var columns = new ExcelColumns(_options, file, sheet, operation.Attributes);
        while (sheet.Next())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!sheet.IsBlank)
                yield return columns.Read(sheet);
        }
    }
}
