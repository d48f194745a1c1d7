namespace CampusDirectory;

/// <summary>The CSV files that the office keeps, in a folder.</summary>
internal sealed class Office(string folder)
{
    /// <summary>The records of a file, without its header; null where a field is empty. No field of these files needs quotes.</summary>
    public IReadOnlyList<string?[]> Read(string file) =>
    [
        .. from line in File.ReadLines(Path.Combine(folder, file)).Skip(1)
           select line.Split(',').Select(field => field.Length == 0 ? null : field).ToArray(),
    ];

    /// <summary>Puts a line in the place of another; an empty one stands for none.</summary>
    public async Task ReplaceAsync(string file, string before, string after)
    {
        var path = Path.Combine(folder, file);
        var lines = (await File.ReadAllLinesAsync(path)).Where(line => line != before).Append(after).Where(line => line.Length > 0);

        // In one move, so that no poll sees half a file.
        await File.WriteAllLinesAsync(path + ".new", lines);
        File.Move(path + ".new", path, overwrite: true);
    }
}
