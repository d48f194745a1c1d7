using Hermes.Abstractions;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.Tests;

public sealed class SqliteDatabaseTests : IDisposable
{
    private static readonly SqliteFormat Letters = new("box of letters", 0x4c455454, "CREATE TABLE letter (text TEXT)") { TakesOverTable = "oldletter" };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void New_file_and_folder_are_for_their_owner_only()
    {
        var path = _folder["state/letters.db"];
        using var database = SqliteDatabase.Open(path, Letters);
        database.Execute("INSERT INTO letter VALUES ('a')");

        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            foreach (var file in new[] { path, path + "-wal", path + "-shm" })
                File.GetUnixFileMode(file).Should().Be(owner, file);
            File.GetUnixFileMode(_folder["state"]).Should().Be(owner | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void Every_commit_reaches_the_disk()
    {
        using var database = SqliteDatabase.Open(_folder["letters.db"], Letters);

        database.Scalar("PRAGMA journal_mode").Should().Be("wal");
        database.Scalar("PRAGMA synchronous").Should().Be(2L, "that is FULL");
    }

    [Fact]
    public void File_is_opened_again_with_its_content()
    {
        using (var database = SqliteDatabase.Open(_folder["letters.db"], Letters))
            database.Execute("INSERT INTO letter VALUES ('a')");

        using var again = SqliteDatabase.OpenReader(_folder["letters.db"], Letters);

        again.Scalar("SELECT text FROM letter").Should().Be("a");
        again.Invoking(reader => reader.Execute("DELETE FROM letter")).Should().Throw<SqliteException>();
    }

    [Fact]
    public void Older_format_is_brought_to_the_newest()
    {
        using (var database = SqliteDatabase.Open(_folder["letters.db"], Letters))
            database.Execute("INSERT INTO letter VALUES ('a')");

        using var newer = SqliteDatabase.Open(_folder["letters.db"], Letters with { Versions = [.. Letters.Versions, "ALTER TABLE letter ADD COLUMN stamp TEXT DEFAULT 'x'"] });

        newer.Scalar("SELECT text || stamp FROM letter").Should().Be("ax");
        newer.Scalar("PRAGMA user_version").Should().Be(2L);
    }

    [Fact]
    public void Newer_format_is_refused()
    {
        SqliteDatabase.Open(_folder["letters.db"], Letters with { Versions = [.. Letters.Versions, "CREATE TABLE stamp (x)"] }).Dispose();

        Refusal("letters.db").Should().Contain("newer version").And.Contain("letters.db");
    }

    [Fact]
    public void Database_of_another_program_is_refused_and_left_alone()
    {
        using (var other = new SqliteConnection($"Data Source={_folder["other.db"]};Pooling=False"))
        {
            other.Open();
            other.Execute("CREATE TABLE accounts (id)");
        }

        var before = File.ReadAllBytes(_folder["other.db"]);

        Refusal("other.db").Should().Contain("is not a box of letters");
        File.ReadAllBytes(_folder["other.db"]).Should().Equal(before);
    }

    [Fact]
    public void Database_of_another_part_is_refused()
    {
        SqliteDatabase.Open(_folder["stamps.db"], new("box of stamps", 0x5354414d, "CREATE TABLE letter (text TEXT)")).Dispose();

        Refusal("stamps.db").Should().Contain("is not a box of letters");
    }

    [Fact]
    public void Known_database_of_an_older_program_is_taken_over()
    {
        using (var older = new SqliteConnection($"Data Source={_folder["older.db"]};Pooling=False"))
        {
            older.Open();
            older.Execute("CREATE TABLE oldletter (id)");
        }

        using var database = SqliteDatabase.Open(_folder["older.db"], Letters);

        database.Scalar("SELECT count(*) FROM letter").Should().Be(0L);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("This is a text of an administrator, and no database at all. It is longer than the header of one, which has a hundred bytes.")]
    public void File_that_is_no_database_is_refused_unless_empty(string content)
    {
        File.WriteAllText(_folder["text.db"], content);

        var open = () => SqliteDatabase.Open(_folder["text.db"], Letters).Dispose();

        if (content.Length == 0)
            open.Should().NotThrow();
        else
            open.Should().Throw<SqliteFileException>().WithMessage("*text.db is not a database*").Which.Fault.Should().Be(FaultKind.Permanent);
    }

    [Fact]
    public void File_that_was_cut_short_is_refused()
    {
        using (var database = SqliteDatabase.Open(_folder["letters.db"], Letters))
        {
            database.Execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) INSERT INTO letter SELECT hex(randomblob(500)) FROM n");
            database.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        using (var file = File.OpenWrite(_folder["letters.db"]))
            file.SetLength(file.Length / 2);

        Refusal("letters.db").Should().Contain("is damaged").And.Contain("backup");
    }

    [Fact]
    public void Damaged_page_is_found_by_the_check_of_all_pages()
    {
        using (var database = SqliteDatabase.Open(_folder["letters.db"], Letters))
            database.Execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) INSERT INTO letter SELECT hex(randomblob(500)) FROM n");
        using (var file = File.OpenWrite(_folder["letters.db"]))
        {
            file.Position = file.Length / 2;
            file.Write(new byte[4096]);
        }

        using var damaged = SqliteDatabase.Open(_folder["letters.db"], Letters);

        damaged.Invoking(d => d.CheckPages()).Should().Throw<SqliteFileException>().WithMessage("*is damaged*");
    }

    [Fact]
    public void Path_that_cannot_be_made_is_told()
    {
        File.WriteAllText(_folder["file"], "");

        Refusal("file/letters.db").Should().Contain("cannot be made").And.Contain("file/letters.db");
    }

    private string Refusal(string file) =>
        this.Invoking(_ => SqliteDatabase.Open(_folder[file], Letters).Dispose()).Should().Throw<SqliteFileException>().Which.Message;
}
