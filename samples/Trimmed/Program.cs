using System.Text;
using Hermes.ClientRuntime.Control;
using Hermes.ServerRuntime.Control;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Trimmed;

// Everything that could be trimmed away too much, in one program: parts that a configuration names, embedded states, a handler of typed records.
// samples/Trimmed/run publishes it trimmed and runs it. It ends with 0 if all arrived.

var folder = Directory.CreateTempSubdirectory("hermes-trimmed-").FullName;
Environment.CurrentDirectory = folder;
File.WriteAllText("people.csv", "id,login,name\n1,ada,Ada Lovelace\n2,grace,Grace Hopper\n");

var builder = Host.CreateApplicationBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(Settings.Json)));
var people = new PersonHandler();
var hermes = builder.Configuration.GetSection("Hermes");
builder.Services.AddHermesServer("campus", hermes.GetSection("Servers:campus"), server => server.AddSqliteKinds().AddFileKinds());
builder.Services.AddHermesClient("files", hermes.GetSection("Clients:files"), client => client.AddSqliteKinds().AddFileKinds());
builder.Services.AddHermesClient("handler", hermes.GetSection("Clients:handler"), client => client.AddSqliteKinds().Handle<Person>("Person", people));

using var host = builder.Build();
await host.StartAsync();
// Clients have caught up with what is on the bus: the people have to be on it.
await host.Services.GetRequiredKeyedService<IHermesServerControl>("campus").UpdateAsync().WaitAsync(TimeSpan.FromSeconds(60));
foreach (var client in new[] { "files", "handler" })
    await host.Services.GetRequiredKeyedService<IHermesClientControl>(client).WhenCaughtUpAsync().WaitAsync(TimeSpan.FromSeconds(60));
await host.StopAsync();

var files = Directory.GetFiles(Path.Combine("accounts", "Account")).Order(StringComparer.Ordinal).Select(File.ReadAllText).ToList();
var arrived = files.Count == 2 && files[0].Contains("\"Ada Lovelace <ada>\"", StringComparison.Ordinal);
var handled = people.Seen.SequenceEqual(["ada: Ada Lovelace", "grace: Grace Hopper"]);
Console.WriteLine($"{files.Count} files, {people.Seen.Count} records: {(arrived && handled ? "OK" : "NOT as expected")}");
Environment.CurrentDirectory = Path.GetTempPath();
Directory.Delete(folder, recursive: true);
return arrived && handled ? 0 : 1;
