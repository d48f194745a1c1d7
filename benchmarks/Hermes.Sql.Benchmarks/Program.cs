using System.Diagnostics;
using System.Globalization;
using Hermes.Abstractions.Sources;
using Hermes.Sql.Benchmarks;
using Hermes.Sql.Source;
using Microsoft.Data.Sqlite;

// What the SQL source costs over a bare loop of reader.Read() and typed getters, on the same 405,000 rows of a SQLite file.
const int Rounds = 9;
var folder = Directory.CreateTempSubdirectory("hermes-sql-benchmark");
try
{
    var connectionString = CampusFile.Create(folder.FullName);
    var options = new SqlSourceOptions();
    options.Connect(SqliteFactory.Instance, connectionString);
    var source = new SqlSource("campus", options);

    var bare = new List<double>();
    var through = new List<double>();
    for (var round = 0; round < Rounds; round++)
    {
        bare.Add(await TimeAsync(() => Task.FromResult(ReadBare(connectionString))));
        through.Add(await TimeAsync(() => ReadThroughAsync(source)));
    }

    var (bareBest, throughBest) = (bare.Min(), through.Min());
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bare reader   {bareBest,7:F0} ms   median {Median(bare):F0} ms"));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"SqlSource     {throughBest,7:F0} ms   median {Median(through):F0} ms"));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio         {throughBest / bareBest,7:F2}      median {Median(through) / Median(bare):F2}"));
}
finally
{
    folder.Delete(recursive: true);
}

static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

static async Task<double> TimeAsync(Func<Task<long>> read)
{
    GC.Collect();
    var start = Stopwatch.GetTimestamp();
    var rows = await read();
    var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    return rows == 405_000 ? elapsed : throw new InvalidOperationException($"{rows} rows were read, not 405,000.");
}

static long ReadBare(string connectionString)
{
    long rows = 0;
    using var connection = new SqliteConnection(connectionString);
    connection.Open();
    foreach (var table in CampusFile.Tables)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {table}";
        using var reader = command.ExecuteReader();
        var getters = CampusFile.Tables[0] == table ? Users : CampusFile.Tables[1] == table ? Groups : (Action<SqliteDataReader>)Memberships;
        while (reader.Read())
        {
            getters(reader);
            rows++;
        }
    }

    return rows;
}

static void Users(SqliteDataReader reader)
{
    reader.GetInt64(0);
    for (var i = 1; i < 7; i++)
        reader.GetString(i);
    reader.GetInt64(7);
    reader.GetString(8);
    reader.GetDouble(9);
    if (!reader.IsDBNull(10))
        reader.GetString(10);
}

static void Groups(SqliteDataReader reader)
{
    reader.GetInt64(0);
    reader.GetString(1);
    reader.GetString(2);
    reader.GetInt64(3);
}

static void Memberships(SqliteDataReader reader)
{
    reader.GetInt64(0);
    reader.GetInt64(1);
}

static async Task<long> ReadThroughAsync(SqlSource source)
{
    long rows = 0;
    foreach (var table in CampusFile.Tables)
    {
        var operation = new SourceOperation(SourceOperationKind.Fetch, $"SELECT * FROM {table}", new Dictionary<string, Hermes.Abstractions.Data.Value>(), []);
        await foreach (var _ in source.FetchAsync(operation, CancellationToken.None))
            rows++;
    }

    return rows;
}
