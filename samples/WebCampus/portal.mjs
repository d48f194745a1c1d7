// The portal: SCIMMY, a SCIM 2.0 server, with users and groups in memory. Names are unique without regard to case.
import { randomUUID } from "node:crypto";
import express from "express";
import SCIMMY from "scimmy";
import SCIMMYRouters from "scimmy-routers";

const same = (left, right) => left !== undefined && right !== undefined && String(left).toLowerCase() === String(right).toLowerCase();

function declare(type, name) {
  const all = new Map();
  const find = id => {
    if (!all.has(id)) throw new SCIMMY.Types.Error(404, null, `There is no ${id}.`);
    return all.get(id);
  };
  SCIMMY.Resources.declare(type)
    .ingress((resource, data) => {
      const plain = JSON.parse(JSON.stringify(data));
      if (resource.id !== undefined) find(resource.id);
      for (const other of all.values())
        if (other.id !== resource.id && same(other[name], plain[name])) throw new SCIMMY.Types.Error(409, "uniqueness", "It is taken.");
      const id = resource.id ?? randomUUID();
      all.set(id, { ...plain, id });
      return all.get(id);
    })
    .egress(resource => {
      if (resource.id !== undefined) return find(resource.id);
      const list = [...all.values()];
      return resource.filter ? resource.filter.match(list) : list;
    })
    .degress(resource => {
      find(resource.id);
      all.delete(resource.id);
    });
}

declare(SCIMMY.Resources.User, "userName");
declare(SCIMMY.Resources.Group, "displayName");

express()
  .use("/scim/v2", new SCIMMYRouters({
    type: "bearer",
    handler: request => {
      if (request.header("Authorization") !== `Bearer ${process.env.PORTAL_TOKEN}`) throw new Error("This is not the token.");
      return "hermes";
    },
  }))
  .listen(Number(process.env.PORTAL_PORT), "127.0.0.1");
