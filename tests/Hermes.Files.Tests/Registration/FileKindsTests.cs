using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Data;
using Hermes.Testing.Contracts.Sources;
using Hermes.Testing.Contracts.Targets;
using Hermes.Testing.Targets;
using Hermes.TestSupport.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Files.Tests.Registration;

public sealed class FileKindsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_csv_source_comes_from_code_or_configuration()
    {
        var path = _folder.Write("people.csv", "1;36\n");
        var server = new RecordingServerBuilder();
        server.AddFileKinds().AddCsvSource("people", options =>
        {
            (options.Path, options.HasHeader, options.Delimiter) = (path, false, ';');
            options.Columns.Add("id");
            options.Columns.Add("age");
        });
        (await server.Source("people").ReadAllAsync(TestFolder.Fetch())).Single()["age"].Should().Be(Value.From("36"));

        var source = server.Source(
            "Csv", ("Kind", "Csv"), ("Path", path), ("HasHeader", "false"), ("Delimiter", ";"), ("Columns:0", "id"), ("Columns:1", "age"), ("Types:age", "Integer"));
        (await source.ReadAllAsync(TestFolder.Fetch())).Single()["age"].Should().Be(Value.From(36));
    }

    [Fact]
    public async Task A_json_lines_source_comes_from_code_or_configuration()
    {
        var path = _folder.Write("people.jsonl", "{\"id\":1}\n");
        var server = new RecordingServerBuilder();
        server.AddFileKinds().AddJsonLinesSource("people", options => options.Path = path);

        (await server.Source("people").ReadAllAsync(TestFolder.Fetch())).Should().ContainSingle();
        (await server.Source("JsonLines", ("Path", path), ("MissingMembers", "NotSet")).ReadAllAsync(TestFolder.Fetch("", "id", "name"))).Single()["name"]
            .Should().Be(Value.Null);
    }

    [Fact]
    public async Task A_folder_target_comes_from_code_or_configuration()
    {
        var client = new RecordingClientBuilder();
        client.AddFileKinds().ToFolder(_folder["one"]);

        foreach (var target in new[] { client.Target(), client.Target("Folder", ("Folder", _folder["two"]), ("Trashed", "Delete"), ("OwnerOnly", "false")) })
        {
            await target.StartAsync(ContractTypes.All, default);
            await target.ApplyAsync(ContractTypes.Added(ContractTypes.Person("ada", "Ada")), new TestTargetContext(), default);
        }

        File.Exists(_folder["one/People/ada.json"]).Should().BeTrue();
        File.Exists(_folder["two/People/ada.json"]).Should().BeTrue();
    }

    [Fact]
    public void What_is_wrong_in_a_configuration_is_told_at_once_with_its_path()
    {
        var server = new RecordingServerBuilder();
        server.AddFileKinds();

        var misspelt = () => server.Source("Csv", ("Pfad", "x"), ("EmptyFields", "Perhaps"));
        misspelt.Should().Throw<HermesConfigurationException>().Which.Errors.Select(error => error.Path).Should().Equal("Part:EmptyFields", "Part:Pfad");

        var missing = () => server.Source("JsonLines", ("Kind", "JsonLines"));
        missing.Should().Throw<HermesConfigurationException>().Which.Errors.Select(error => error.Path).Should().Equal("Part:Path");
    }
}
