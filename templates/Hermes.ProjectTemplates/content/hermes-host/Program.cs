using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// A server reads people.csv each minute and sends what changed; a client keeps the folder accounts in step with it.
var builder = Host.CreateApplicationBuilder(args);
var hermes = builder.Configuration.GetSection("Hermes");
builder.Services.AddHermesServer("campus", hermes.GetSection("Servers:campus"), server => server.AddFileKinds().AddSqliteKinds());
builder.Services.AddHermesClient("accounts", hermes.GetSection("Clients:accounts"), client => client.AddFileKinds().AddSqliteKinds());
await builder.Build().RunAsync();
